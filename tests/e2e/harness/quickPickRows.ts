import type { Locator, Page } from "playwright-core";
import { until } from "./until.ts";

/** A visible item of a quick pick. */
export interface QuickPickItemView {
  /** Without its icon. */
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** The heading of the group that starts with this item. */
  readonly separator?: string;
  /** Whether it's the active item. */
  readonly active: boolean;
}

interface Row {
  /** The position in the list, starting at 0. */
  readonly index: number;
  readonly last: boolean;
  readonly item: QuickPickItemView;
}

/**
 * Visits the items of the open quick pick from top to bottom. Only visible items exist in the page, so it scrolls
 * with the mouse wheel if needed.
 * @param visit called once for each item until it returns true
 * @returns the row for which it returned true, fully visible
 */
export async function scanQuickPick(
  page: Page,
  widget: Locator,
  visit: (item: QuickPickItemView) => boolean,
): Promise<Locator | undefined> {
  const list = widget.locator(".quick-input-list");
  let rows = await readRows(list);
  while (rows[0] !== undefined && rows[0].index > 0) rows = await turnWheel(page, list, "up");
  let next = 0;
  for (;;) {
    for (const row of rows) {
      if (row.index < next) continue;
      next = row.index + 1;
      if (visit(row.item)) return bringIntoSight(page, list, row.index);
    }
    if (rows.at(-1)?.last !== false) return undefined;
    rows = await turnWheel(page, list, "down");
  }
}

/** The active item, if it's visible. */
export async function activeRow(widget: Locator): Promise<QuickPickItemView | undefined> {
  const rows = await readRows(widget.locator(".quick-input-list"));
  return rows.find(({ item }) => item.active)?.item;
}

/** Turns the wheel by one notch, which is less than the height of a list, and waits for other rows. */
async function turnWheel(page: Page, list: Locator, direction: "up" | "down"): Promise<Row[]> {
  const range = (rows: readonly Row[]) => `${rows[0]?.index}-${rows.at(-1)?.index}`;
  const before = range(await readRows(list));
  await list.hover();
  await page.mouse.wheel(0, direction === "up" ? -100 : 100);
  return until(
    `quick pick to scroll ${direction}`,
    () => readRows(list),
    (rows) => range(rows) !== before,
  );
}

/**
 * Waits until a row is fully visible and has stopped moving, because a click in its middle might miss it otherwise.
 */
async function bringIntoSight(page: Page, list: Locator, index: number): Promise<Locator> {
  const row = list.locator(`.monaco-list-row[data-index="${index}"]`);
  const look = async () => {
    const [inner, outer] = [await row.boundingBox(), await list.boundingBox()];
    if (inner === null || outer === null) return "in sight"; // a click waits for it, or reports that it's gone
    const hidden =
      inner.y < outer.y ? "above" : inner.y + inner.height > outer.y + outer.height ? "below" : undefined;
    if (hidden === undefined) return "in sight";
    await list.hover();
    await page.mouse.wheel(0, hidden === "above" ? -100 : 100);
    return hidden;
  };
  await until(`quick pick row ${index} in sight`, look, (where) => where === "in sight");
  return row;
}

async function readRows(list: Locator): Promise<Row[]> {
  return list.locator(".monaco-list-row").evaluateAll((elements) => {
    const rows = elements.map((element) => {
      const text = (selector: string) => {
        const part = element.querySelector<HTMLElement>(selector);
        // VS Code reuses rows, and only hides what the new item doesn't have.
        const shown = part !== null && part.offsetParent !== null;
        return shown ? (part.textContent ?? "").replace(/\s+/g, " ").trim() : "";
      };
      const optional = (name: string, value: string) => (value === "" ? {} : { [name]: value });
      return {
        index: Number(element.getAttribute("data-index")),
        last: element.getAttribute("data-last-element") === "true",
        item: {
          label: text(".quick-input-list-row .label-name"),
          ...optional("description", text(".quick-input-list-row .label-description")),
          ...optional("detail", text(".quick-input-list-label-meta")),
          ...optional("separator", text(".quick-input-list-separator")),
          active: element.classList.contains("focused"),
        },
      };
    });
    return rows.sort((one, other) => one.index - other.index);
  });
}
