import { join } from "node:path";
import { SharedFile } from "../util/sharedFile.js";
import type { Disposable } from "../util/signal.js";
import type { SignInMark } from "./signInMark.js";

/**
 * The sign-in mark in a file that all windows on this machine share. SecretStorage isn't enough: in a browser, a
 * window doesn't see that another one deleted a secret until it's reloaded.
 */
export class SignInMarkFile {
  readonly #file: SharedFile;

  /** @param folder the extension's storage, which doesn't have to exist */
  constructor(folder: string) {
    this.#file = new SharedFile(join(folder, "sign-in.json"));
  }

  /** Returns the mark, or an empty one if the file doesn't exist or can't be read. */
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

  /** Watches for changes from any window. */
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
