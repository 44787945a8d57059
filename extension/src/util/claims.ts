import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What only one of all windows of this machine is to do. A claim is an empty file, which only one process can make. */
export class Claims {
  readonly #folder: string;

  /** @param folder need not be there yet */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param name of letters, digits and hyphens
   * @returns true for the first that asks, until it is released. Where the folder cannot be used, true: twice is better than never
   */
  async claim(name: string): Promise<boolean> {
    await mkdir(this.#folder, { recursive: true }).catch(() => undefined); // the next step tells whether it is there
    try {
      await writeFile(join(this.#folder, name), "", { flag: "wx" });
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code !== "EEXIST";
    }
  }

  async release(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true });
  }
}
