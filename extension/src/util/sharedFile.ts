import { readFileSync, watch } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Disposable } from "./signal.js";

/** A small text file that all windows on this machine share. */
export class SharedFile {
  readonly #path: string;
  #drafts = 0;

  /** @param path its folder doesn't have to exist */
  constructor(path: string) {
    this.#path = path;
  }

  /** Returns the text, or undefined if the file doesn't exist or can't be read. */
  read(): string | undefined {
    try {
      return readFileSync(this.#path, "utf8");
    } catch {
      return undefined;
    }
  }

  /** Replaces the file atomically. */
  async write(text: string): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const draft = `${this.#path}.${process.pid}-${this.#drafts++}`;
    await writeFile(draft, text);
    await rename(draft, this.#path);
  }

  /** Watches for changes from any window. */
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
