import type { Page } from "playwright-core";

/** The Settings editor, in which a person changes what is theirs. It is open already. */
export class SettingsEditor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /**
   * Replaces the text of a setting, which is saved a moment later.
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
    // Not Escape: what is saved is drawn anew, and a key is lost with the focus that its row had.
    await this.#page.getByRole("button", { name: /^Close Modal Editor/ }).click();
    await this.#page.locator(".settings-editor").waitFor({ state: "hidden" });
  }
}
