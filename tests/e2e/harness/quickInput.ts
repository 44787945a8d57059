import type { Locator, Page } from "playwright-core";
import { activeRow, type QuickPickItemView, scanQuickPick } from "./quickPickRows.ts";
import { matches, type TextMatch, until } from "./until.ts";

/** The quick input as it is drawn at one moment: a pick has a list, an input box has none. */
export interface QuickInputView {
  /** With its step, as in "Connect (1/3)"; "" when it has none. */
  readonly title: string;
  readonly placeholder: string;
  /** What stands in the box; of a masked box, a bullet for each character. */
  readonly value: string;
  /** Whether what is typed is hidden. */
  readonly masked: boolean;
  /**
   * Below the box: what is wrong with the value, or the prompt. To an input box's prompt VS Code adds "(Press 'Enter' to
   * confirm or 'Escape' to cancel)".
   */
  readonly message: string;
  /** "error" and "warning" when `message` says what is wrong with the value. */
  readonly severity: "none" | "info" | "warning" | "error";
  /** Whether it shows that it is still loading. */
  readonly busy: boolean;
}

/** The box at the top, in which VS Code asks: quick picks and input boxes, the command palette among them. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;
  readonly #box: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator(".quick-input-widget");
    this.#box = this.#widget.locator(".quick-input-box input");
  }

  /** What is drawn; undefined while it is closed. */
  async read(): Promise<QuickInputView | undefined> {
    const views = await this.#widget.filter({ visible: true }).evaluateAll((widgets) =>
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
   * Waits until it is open. Steps of one wizard share the box: name the title of the step that is meant.
   * @throws {Error} with what is there instead, when the time is over
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

  /** All items of the open pick that its filter leaves, from top to bottom, once it has stopped loading. */
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

  /** The item that Enter would take, as far as it is in sight. The list is left as it is. */
  async activeItem(): Promise<QuickPickItemView | undefined> {
    return activeRow(this.#widget);
  }

  /** Waits until Enter would take an item with all that is given. */
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
   * Clicks the first item with a label, scrolling to it if need be, once it is there.
   * @throws {Error} with the labels that are there instead, when the time is over
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

  /** Replaces what stands in the box, masked or not. In a pick, it filters. */
  async type(text: string): Promise<void> {
    await this.#box.fill(text);
  }

  /** Presses Enter: takes the value, or the item that has the focus. */
  async accept(): Promise<void> {
    await this.#box.press("Enter");
  }

  /** Clicks the arrow back to the step before. */
  async back(): Promise<void> {
    await this.#widget.locator(".quick-input-left-action-bar .codicon-quick-input-back").click();
  }

  /** Clicks another button in the title, by its tooltip. */
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
