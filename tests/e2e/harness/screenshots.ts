import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";

const repository = join(import.meta.dirname, "..", "..", "..");

/** The folder `out/e2e/<test>` for a test's screenshots. */
export class Artefacts {
  /** Its absolute path. */
  readonly folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Recreates the folder without the results of earlier runs. */
  static async create(testName: string): Promise<Artefacts> {
    const folder = join(repository, "out", "e2e", fileName(testName));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Artefacts(folder);
  }

  /**
   * Takes a numbered screenshot `NN-name.png` of a window or a part of it.
   * @returns its absolute path
   */
  async screenshot(of: Page | Locator, name: string): Promise<string> {
    this.#count += 1;
    const path = join(this.folder, `${String(this.#count).padStart(2, "0")}-${fileName(name)}.png`);
    await of.screenshot({ path, animations: "disabled", caret: "hide" });
    return path;
  }
}

function fileName(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 80);
}
