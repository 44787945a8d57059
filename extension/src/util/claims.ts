import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Lets only one window on this machine do something. A claim is an empty file, which only one process can create.
 */
export class Claims {
  readonly #folder: string;

  /** @param folder doesn't have to exist */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param name consists of letters, digits, and hyphens
   * @returns true for the first caller until it's released. True if the folder can't be used, because twice is better
   * than never
   */
  async claim(name: string): Promise<boolean> {
    await mkdir(this.#folder, { recursive: true }).catch(() => undefined); // the next step shows whether it exists
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
