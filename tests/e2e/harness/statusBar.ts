import type { Locator, Page } from "playwright-core";
import { matches, type TextMatch, until } from "./until.ts";

/** A visible status bar item. */
export interface StatusBarItemView {
  /** Its text without icons, with single spaces. */
  readonly text: string;
  /** The names of its icons, such as "plug", or "sync~spin" for a spinning one. */
  readonly icons: readonly string[];
  /** The label for screen readers. */
  readonly ariaLabel: string;
  /** Its colors. */
  readonly kind: "standard" | "warning" | "error" | "prominent";
}

/** A status bar item, visible or not. */
export class StatusBarItem {
  readonly #page: Page;
  readonly #item: Locator;
  readonly #id: string;

  /** @param id `publisher.name.itemId`, with the extension's part in lowercase */
  constructor(page: Page, id: string) {
    this.#page = page;
    this.#id = id;
    this.#item = page.locator(`.statusbar-item[id="${id}"]`);
  }

  /** Its visible content. Undefined if it isn't visible. */
  async read(): Promise<StatusBarItemView | undefined> {
    const views = await this.#item.filter({ visible: true }).evaluateAll((elements) =>
      elements.map((element) => {
        const label = element.querySelector(".statusbar-item-label");
        const icons = [...element.querySelectorAll(".codicon")].map((icon) => {
          const classes = [...icon.classList].filter((name) => name.startsWith("codicon-"));
          const names = classes.map((name) => name.slice("codicon-".length));
          return names.map((name) => name.replace(/^modifier-/, "~")).join("");
        });
        const kinds = (["warning", "error", "prominent"] as const).filter((kind) =>
          element.classList.contains(`${kind}-kind`),
        );
        return {
          text: (label?.textContent ?? "").replace(/\s+/g, " ").trim(),
          icons,
          ariaLabel: label?.getAttribute("aria-label") ?? "",
          kind: kinds[0] ?? ("standard" as const),
        };
      }),
    );
    return views[0];
  }

  /**
   * Waits until the item has these properties.
   * @throws {Error} with its content instead, on a timeout
   */
  async waitFor(
    expected: { readonly text?: TextMatch; readonly ariaLabel?: TextMatch },
    timeout?: number,
  ): Promise<StatusBarItemView> {
    const accepted = (view: StatusBarItemView | undefined) =>
      view !== undefined &&
      (expected.text === undefined || matches(view.text, expected.text)) &&
      (expected.ariaLabel === undefined || matches(view.ariaLabel, expected.ariaLabel));
    const wanted = Object.entries(expected).map(([name, value]) => `${name} ${value}`);
    const what = `status bar item ${this.#id} with ${wanted.join(" and ")}`;
    return (await until(what, () => this.read(), accepted, timeout)) as StatusBarItemView;
  }

  /** Hovers over the item, and reads its tooltip. */
  async tooltip(): Promise<string> {
    // innerText instead of textContent, because only it keeps the lines of a tooltip.
    const text = await this.whileHovered((hover) => hover.innerText());
    return text.trim();
  }

  /** Runs work while the item's tooltip is visible. */
  async whileHovered<T>(work: (hover: Locator) => Promise<T>): Promise<T> {
    const hover = this.#page.locator(".workbench-hover");
    await this.#item.hover();
    await hover.waitFor();
    const result = await work(hover);
    await this.#page.mouse.move(0, 0);
    await hover.waitFor({ state: "hidden" });
    return result;
  }

  async click(): Promise<void> {
    await this.#item.locator(".statusbar-item-label").click();
  }
}
