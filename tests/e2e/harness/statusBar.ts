import type { Locator, Page } from "playwright-core";
import { matches, type TextMatch, until } from "./until.ts";

/** A status bar item as it is drawn at one moment. */
export interface StatusBarItemView {
  /** Its text without icons, with single spaces. */
  readonly text: string;
  /** Names of its icons, such as "plug"; a spinning one as "sync~spin". */
  readonly icons: readonly string[];
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** The colors it is drawn in. */
  readonly kind: "standard" | "warning" | "error" | "prominent";
}

/** One item of the status bar, whether it is shown at the moment or not. */
export class StatusBarItem {
  readonly #page: Page;
  readonly #item: Locator;
  readonly #id: string;

  /** @param id `publisher.name.itemId`, in the extension's part in lower case */
  constructor(page: Page, id: string) {
    this.#page = page;
    this.#id = id;
    this.#item = page.locator(`.statusbar-item[id="${id}"]`);
  }

  /** What is drawn; undefined while the item is not shown. */
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
   * Waits until the item shows all that is given.
   * @throws {Error} with what it shows instead, when the time is over
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

  /** Moves the mouse onto the item, reads what pops up, and moves away. */
  async tooltip(): Promise<string> {
    // innerText, not textContent: a tooltip has lines, which only the former keeps apart.
    const text = await this.whileHovered((hover) => hover.innerText());
    return text.trim();
  }

  /** Does something while the mouse is on the item and its tooltip is there, and moves away. */
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
