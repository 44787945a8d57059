import { readFileSync, watch } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Disposable } from "../util/signal.js";
import type { SignInMark } from "./signInMark.js";

const fileName = "sign-in.json";

/**
 * The mark in a file of the extension's storage, which all windows of this machine share. SecretStorage alone does not do:
 * in a browser one window does not see what another one has deleted until it is loaded anew.
 */
export class SignInMarkFile {
  readonly #folder: string;
  readonly #path: string;

  /** @param folder the extension's storage; it need not be there yet */
  constructor(folder: string) {
    this.#folder = folder;
    this.#path = join(folder, fileName);
  }

  /** What is marked: nothing, where the file is not there or cannot be read. */
  read(): SignInMark {
    try {
      return parse(readFileSync(this.#path, "utf8"));
    } catch {
      return {};
    }
  }

  /** Replaces the file as a whole, so that nobody ever reads a half of it. */
  async write(mark: SignInMark): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const draft = `${this.#path}.${process.pid}`;
    await writeFile(draft, JSON.stringify(mark));
    await rename(draft, this.#path);
  }

  /** Tells of each change from now on, by whichever window. */
  watch(changed: () => void, failed: (error: unknown) => void): Disposable {
    let watcher: Disposable | undefined;
    let over = false;
    const begin = () => {
      if (over) return;
      const watching = watch(this.#folder, { persistent: false }, (_, name) => {
        if (name === null || name === fileName) changed();
      });
      watching.on("error", failed);
      watcher = { dispose: () => watching.close() };
    };
    mkdir(this.#folder, { recursive: true }).then(begin).catch(failed);
    return {
      dispose: () => {
        over = true;
        watcher?.dispose();
      },
    };
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
