import { createHash } from "node:crypto";
import { join } from "node:path";
import { SharedFile } from "../util/sharedFile.js";
import type { Disposable } from "../util/signal.js";
import { type FolderChoice, parseChoice } from "./folderChoice.js";

/**
 * The choice of a folder in a file of its own, which all windows of this machine share. VS Code's workspaceState does not
 * do: each update by one window writes back all values as that window last read them.
 */
export class FolderChoiceFile {
  readonly #file: SharedFile;
  #queue: Promise<void> = Promise.resolve();

  /**
   * @param storage the extension's storage; it need not be there yet
   * @param folder names the folder or the workspace; empty for a window without one
   */
  constructor(storage: string, folder: string) {
    const name = createHash("sha256").update(folder).digest("hex").slice(0, 32);
    this.#file = new SharedFile(join(storage, "folders", `${name}.json`));
  }

  /** Undefined where nobody has chosen anything yet. */
  read(): FolderChoice | undefined {
    const text = this.#file.read();
    return text === undefined ? undefined : parseChoice(text);
  }

  /**
   * Changes a part of what is kept, and nothing else of it.
   * @param otherwise what counts as kept where there is no file yet
   */
  change(part: FolderChoice, otherwise: FolderChoice): Promise<void> {
    const change = () => this.#file.write(JSON.stringify({ ...(this.read() ?? otherwise), ...part }));
    this.#queue = this.#queue.then(change, change);
    return this.#queue;
  }

  /** Tells of each change from now on, by whichever window. */
  watch(changed: () => void, failed: (error: unknown) => void): Disposable {
    return this.#file.watch(changed, failed);
  }
}
