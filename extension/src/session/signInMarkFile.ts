import { join } from "node:path";
import { SharedFile } from "../util/sharedFile.js";
import type { Disposable } from "../util/signal.js";
import type { SignInMark } from "./signInMark.js";

/**
 * The mark in a file of the extension's storage, which all windows of this machine share. SecretStorage alone does not do:
 * in a browser one window does not see what another one has deleted until it is reloaded.
 */
export class SignInMarkFile {
  readonly #file: SharedFile;

  /** @param folder the extension's storage; it need not be there yet */
  constructor(folder: string) {
    this.#file = new SharedFile(join(folder, "sign-in.json"));
  }

  /** What is marked: nothing, where the file is not there or cannot be read. */
  read(): SignInMark {
    try {
      return parse(this.#file.read() ?? "{}");
    } catch {
      return {};
    }
  }

  async write(mark: SignInMark): Promise<void> {
    await this.#file.write(JSON.stringify(mark));
  }

  /** Tells of each change from now on, by whichever window. */
  watch(changed: () => void, failed: (error: unknown) => void): Disposable {
    return this.#file.watch(changed, failed);
  }
}

function parse(text: string): SignInMark {
  const { signedInAt, signedOutAt, foundIn } = JSON.parse(text) as Record<string, unknown>;
  return {
    ...(typeof signedInAt === "number" && { signedInAt }),
    ...(typeof signedOutAt === "number" && { signedOutAt }),
    ...(typeof foundIn === "string" && { foundIn }),
  };
}
