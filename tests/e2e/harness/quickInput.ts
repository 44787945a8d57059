import type { Locator, Page } from "playwright-core";
import { activeRow, type QuickPickItemView, scanQuickPick } from "./quickPickRows.ts";
import { matches, type TextMatch, until } from "./until.ts";

/** The visible quick input. A quick pick has a list, an input box doesn't. */
export interface QuickInputView {
  /** With its step, such as "Connect (1/3)". "" if it has none. */
  readonly title: string;
  readonly placeholder: string;
  /** The value of the box. A masked box has a bullet for each character. */
  readonly value: string;
  /** Whether the value is masked. */
  readonly masked: boolean;
  /**
   * The text below the box: the validation message or the prompt. VS Code adds "(Press 'Enter' to confirm or 'Escape'
   * to cancel)" to a prompt.
   */
  readonly message: string;
  /** "error" or "warning" if `message` is a validation message. */
  readonly severity: "none" | "info" | "warning" | "error";
  /** Whether it's still loading. */
  readonly busy: boolean;
}

/** VS Code's quick input: quick picks and input boxes, including the Command Palette. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #box: Locator;

  constructor(page: Page) {
    this.#page = page;
    // Only while it's visible: a key press focuses a hidden box without an error, and is lost.
    this.#widget = page.locator(".quick-input-widget").filter({ visible: true });
    this.#box = this.#widget.locator(".quick-input-box input");
  }

  /** Its visible content. Undefined if it's closed. */
  async read(): Promise<QuickInputView | undefined> {
    const views = await this.#widget.evaluateAll((widgets) =>
      widgets.map((widget) => {
        const input = widget.querySelector<HTMLInputElement>(".quick-input-box input");
        const inputBox = widget.querySelector(".quick-input-box .monaco-inputbox");
        const text = (selector: string) =>
          (widget.querySelector(selector)?.textContent ?? "").replace(/\s+/g, " ").trim();
        const masked = input?.type === "password";
        const value = input?.value ?? "";
        return {
          title: text(".quick-input-title"),
          placeholder: input?.placeholder ?? "",
          value: masked ? "•".repeat(value.length) : value,
          masked,
          message: text(".quick-input-message"),
          severity:
            (["error", "warning", "info"] as const).find((name) => inputBox?.classList.contains(name)) ??
            ("none" as const),
          busy: widget.querySelector(".quick-input-progress.active") !== null,
        };
      }),
    );
    return views[0];
  }

  /**
   * Waits until it's open. Steps of a wizard share the box, so specify the title of the step.
   * @throws {Error} with its content instead, on a timeout
   */
  async waitFor(
    expected: {
      readonly title?: TextMatch;
      readonly placeholder?: TextMatch;
      readonly message?: TextMatch;
    } = {},
    timeout?: number,
  ): Promise<QuickInputView> {
    const accepted = (view: QuickInputView | undefined) =>
      view !== undefined &&
      (expected.title === undefined || matches(view.title, expected.title)) &&
      (expected.placeholder === undefined || matches(view.placeholder, expected.placeholder)) &&
      (expected.message === undefined || matches(view.message, expected.message));
    const wanted = Object.entries(expected).map(([name, value]) => ` with ${name} ${value}`);
    const view = await until(`quick input${wanted.join(" and")}`, () => this.read(), accepted, timeout);
    return view as QuickInputView;
  }

  async waitUntilClosed(timeout?: number): Promise<void> {
    await until(
      "quick input to close",
      () => this.read(),
      (view) => view === undefined,
      timeout,
    );
  }

  /** Returns all items that match the filter from top to bottom, when they're loaded. */
  async items(): Promise<QuickPickItemView[]> {
    await until(
      "quick pick to finish loading",
      () => this.read(),
      (view) => view?.busy === false,
    );
    const items: QuickPickItemView[] = [];
    await scanQuickPick(this.#page, this.#widget, (item) => {
      items.push(item);
      return false;
    });
    return items;
  }

  /** The active item, if it's visible. Doesn't change the list. */
  async activeItem(): Promise<QuickPickItemView | undefined> {
    return activeRow(this.#widget);
  }

  /** Waits until the active item has these properties. */
  async waitForActive(
    expected: { readonly label?: TextMatch; readonly description?: TextMatch; readonly detail?: TextMatch },
    timeout?: number,
  ): Promise<QuickPickItemView> {
    const texts = Object.entries(expected) as [keyof typeof expected, TextMatch][];
    const accepted = (item: QuickPickItemView | undefined) =>
      item !== undefined && texts.every(([name, text]) => matches(item[name] ?? "", text));
    const wanted = texts.map(([name, text]) => `${name} ${text}`).join(" and ");
    return (await until(
      `active item with ${wanted}`,
      () => this.activeItem(),
      accepted,
      timeout,
    )) as QuickPickItemView;
  }

  /**
   * Clicks the first item with a label when it appears, scrolling if needed.
   * @throws {Error} with the existing labels, on a timeout
   */
  async choose(label: TextMatch, timeout?: number): Promise<void> {
    const find = async () => {
      const seen: string[] = [];
      const row = await scanQuickPick(this.#page, this.#widget, (item) => {
        seen.push(item.label);
        return matches(item.label, label);
      });
      return { row, seen };
    };
    const accepted = (found: Awaited<ReturnType<typeof find>>) => found.row !== undefined;
    const found = await until(`quick pick item ${label}`, find, accepted, timeout);
    await found.row?.click();
  }

  /** Replaces the value of the box, which filters a quick pick. */
  async type(text: string): Promise<void> {
    await this.#box.fill(text);
  }

  /** Presses Enter to accept the value or the active item. */
  async accept(): Promise<void> {
    await this.#box.press("Enter");
  }

  /** Clicks the Back button. */
  async back(): Promise<void> {
    await this.#widget.locator(".quick-input-left-action-bar .codicon-quick-input-back").click();
  }

  /** Clicks another button in the title by its tooltip. */
  async clickButton(tooltip: string): Promise<void> {
    await this.#widget
      .locator(".quick-input-titlebar")
      .getByRole("button", { name: tooltip, exact: true })
      .click();
  }

  /** Presses Escape, and waits until it has closed. */
  async cancel(): Promise<void> {
    await this.#box.press("Escape");
    await this.waitUntilClosed();
  }
}
