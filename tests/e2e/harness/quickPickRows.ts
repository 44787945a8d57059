import type { Locator, Page } from "playwright-core";
import { until } from "./until.ts";

/** An item of a quick pick as it is drawn. */
export interface QuickPickItemView {
  /** Without its icon. */
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** The heading of the group that begins with this item. */
  readonly separator?: string;
  /** Whether Enter would take it. */
  readonly active: boolean;
}

interface Row {
  /** The position in the list, from 0. */
  readonly index: number;
  readonly last: boolean;
  readonly item: QuickPickItemView;
}

/**
 * Goes through the items of the open quick pick from top to bottom, of which only those in sight exist in the page: it
 * turns the mouse wheel where they do not all fit. A list that fits is read without touching it.
 * @param visit told of each item once, until it answers true
 * @returns the row for which it answered true, wholly in sight
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

/** The item that has the focus, if it is in sight. */
export async function activeRow(widget: Locator): Promise<QuickPickItemView | undefined> {
  const rows = await readRows(widget.locator(".quick-input-list"));
  return rows.find(({ item }) => item.active)?.item;
}

/** Turns the wheel by one notch, for which VS Code moves a list by less than its height, and waits for other rows. */
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

/** A row at the edge may be cut off, and a click in its middle would miss it; a list that is just being drawn may still move. */
async function bringIntoSight(page: Page, list: Locator, index: number): Promise<Locator> {
  const row = list.locator(`.monaco-list-row[data-index="${index}"]`);
  const look = async () => {
    const [inner, outer] = [await row.boundingBox(), await list.boundingBox()];
    if (inner === null || outer === null) return "in sight"; // a click waits for it, or says that it is gone
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
        // A row is used again for another item, and what that one does not have is only hidden.
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
