import { readFileSync, watch } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Disposable } from "./signal.js";

/** A small text file that all windows of this machine share. */
export class SharedFile {
  readonly #path: string;
  #drafts = 0;

  /** @param path its folder need not be there yet */
  constructor(path: string) {
    this.#path = path;
  }

  /** Its text; undefined where it is not there or cannot be read. */
  read(): string | undefined {
    try {
      return readFileSync(this.#path, "utf8");
    } catch {
      return undefined;
    }
  }

  /** Replaces the file as a whole, so that nobody ever reads a half of it. */
  async write(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const draft = `${this.#path}.${process.pid}-${this.#drafts++}`;
    await writeFile(draft, text);
    await rename(draft, this.#path);
  }

  /** Tells of each change from now on, by whichever window. */
  watch(changed: () => void, failed: (error: unknown) => void): Disposable {
    const [folder, fileName] = [dirname(this.#path), basename(this.#path)];
    let watcher: Disposable | undefined;
    let over = false;
    const begin = () => {
      if (over) return;
      const watching = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || name === fileName) changed();
      });
      watching.on("error", failed);
      watcher = { dispose: () => watching.close() };
    };
    mkdir(folder, { recursive: true }).then(begin).catch(failed);
    return {
      dispose: () => {
        over = true;
        watcher?.dispose();
      },
    };
  }
}
