import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";

const repository = join(import.meta.dirname, "..", "..", "..");

/** The folder `out/e2e/<test>` in which a test leaves what it saw. */
export class Artefacts {
  /** Its absolute path. */
  readonly folder: string;
  #count = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder anew: what an earlier run left is removed. */
  static async create(testName: string): Promise<Artefacts> {
    const folder = join(repository, "out", "e2e", fileName(testName));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return new Artefacts(folder);
  }

  /**
   * Takes a picture of a window or of a part of it, named `NN-name.png` in the order of taking.
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
