import * as l10n from "@vscode/l10n";
import type { QuickPickItem } from "vscode";
import { matches, type Texts } from "./matches.js";

/**
 * The number of items that a picker starts with. VS Code filters and draws all items that it has on each key press,
 * which takes 0.6 s for 10,000.
 */
const mostAtFirst = 100;

/** The maximum number of items to add for an entered text. */
const mostAdded = 50;

/**
 * The part of a long list that VS Code gets: its start, and what the user looks for. Items keep their place, and found
 * ones are added at the end, where VS Code sorts them by how well they match.
 */
export class ShownLines<Line extends QuickPickItem> {
  /** The whole list. When it's replaced, items that it had before must keep their place. */
  lines: readonly Line[] = [];
  /** The places of found items in the list. */
  readonly #found = new Set<number>();

  /** Makes sure that an item of the list is shown. */
  include(line: Line): void {
    const place = this.lines.indexOf(line);
    if (place >= mostAtFirst) this.#found.add(place);
  }

  /**
   * Adds the items that match an entered text.
   * @returns whether there are any that weren't shown
   */
  find(text: string): boolean {
    const searched = text.trim().toLowerCase();
    const before = this.#found.size;
    if (searched !== "") for (const place of this.#best(searched)) this.#found.add(place);
    return this.#found.size > before;
  }

  /** The items to show. */
  get items(): readonly (Line | QuickPickItem)[] {
    const { lines } = this;
    if (lines.length <= mostAtFirst) return lines;
    const rest: QuickPickItem = {
      label: l10n.t("{0} more", lines.length - mostAtFirst),
      description: l10n.t("Type to find them"),
    };
    return [...lines.slice(0, mostAtFirst), rest, ...[...this.#found].flatMap((place) => lines[place] ?? [])];
  }

  /** The places of the items after the start that match best. */
  #best(searched: string): number[] {
    const byRank: number[][] = [[], [], [], []];
    for (let place = mostAtFirst; place < this.lines.length; place++) {
      const line = this.lines[place];
      if (line && line.kind === undefined && matches(line, searched))
        byRank[rankOf(line, searched)]?.push(place);
    }
    return byRank.flat().slice(0, mostAdded);
  }
}

/** How well a text matches, as VS Code sorts: 0 is best. */
function rankOf({ label }: Texts, searched: string): number {
  const name = label.toLowerCase();
  if (name === searched) return 0;
  if (name.startsWith(searched)) return 1;
  return name.includes(searched) ? 2 : 3;
}
