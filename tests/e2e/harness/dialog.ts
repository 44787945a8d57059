import type { Locator, Page } from "playwright-core";

/** A modal dialog, from `showInformationMessage` and its siblings with `modal: true`. */
export interface DialogView {
  readonly message: string;
  readonly detail: string;
  /** From left to right, including "Cancel". */
  readonly buttons: readonly string[];
}

/** The modal dialog. There's at most one. */
export class Dialog {
  readonly #box: Locator;

  constructor(page: Page) {
    this.#box = page.locator(".monaco-dialog-box");
  }

  /** Waits for a dialog to open, and reads it. */
  async read(): Promise<DialogView> {
    return this.#box.evaluate((box) => {
      const text = (selector: string) => (box.querySelector(selector)?.textContent ?? "").trim();
      const buttons = [...box.querySelectorAll(".dialog-buttons .monaco-button")];
      return {
        message: text(".dialog-message-text"),
        detail: text(".dialog-message-detail"),
        buttons: buttons.map((button) => (button.textContent ?? "").trim()),
      };
    });
  }

  async isOpen(): Promise<boolean> {
    return this.#box.isVisible();
  }

  /** Clicks a button, and waits until the dialog has closed. */
  async click(button: string): Promise<void> {
    await this.#box.locator(".dialog-buttons").getByRole("button", { name: button, exact: true }).click();
    await this.#box.waitFor({ state: "hidden" });
  }
}
