import { join } from "node:path";
import { hashedName } from "../util/hashedName.js";
import { SerialQueue } from "../util/serialQueue.js";
import { SharedFile } from "../util/sharedFile.js";
import type { Disposable } from "../util/signal.js";
import { type FolderChoice, parseChoice } from "./folderChoice.js";

/**
 * A folder's choice in a file that all windows on this machine share. workspaceState isn't enough: each update writes
 * back all values as that window last read them.
 */
export class FolderChoiceFile {
  readonly #file: SharedFile;
  readonly #queue = new SerialQueue();

  /**
   * @param storage the extension's storage, which doesn't have to exist
   * @param folder identifies the folder or workspace; empty if the window has none
   */
  constructor(storage: string, folder: string) {
    const name = hashedName(folder);
    this.#file = new SharedFile(join(storage, "folders", `${name}.json`));
  }

  /** Undefined if nothing has been chosen yet. */
  read(): FolderChoice | undefined {
    const text = this.#file.read();
    return text === undefined ? undefined : parseChoice(text);
  }

  /**
   * Changes part of the choice.
   * @param otherwise the choice if there's no file yet
   */
  change(part: FolderChoice, otherwise: FolderChoice): Promise<void> {
    return this.#queue.run(() =>
      this.#file.write(JSON.stringify({ ...(this.read() ?? otherwise), ...part })),
    );
  }

  /** Watches for changes from any window. */
  watch(changed: () => void, failed: (error: unknown) => void): Disposable {
    return this.#file.watch(changed, failed);
  }
}
