import type { Page } from "playwright-core";

/** The open Settings editor. */
export class SettingsEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /**
   * Replaces the text of a setting. It's saved after a moment.
   * @param id as in settings.json
   */
  async setText(id: string, value: string): Promise<void> {
    const editor = this.#page.locator(".settings-editor");
    await editor.locator(".suggest-input-container").click();
    await this.#page.keyboard.press("ControlOrMeta+a");
    await this.#page.keyboard.insertText(`@id:${id}`);
    const box = editor.locator(`.setting-item-contents[data-key="${id}"] .setting-item-control input`);
    await box.fill(value);
    await box.press("Tab");
  }

  /** Closes it. */
  async close(): Promise<void> {
    // Not with Escape: saving redraws the row, which loses the focus and the key press.
    await this.#page.getByRole("button", { name: /^Close Modal Editor/ }).click();
    await this.#page.locator(".settings-editor").waitFor({ state: "hidden" });
  }
}
