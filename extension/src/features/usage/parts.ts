import * as l10n from "@vscode/l10n";
import type { UsageInfo } from "../../protocol.g.js";
import { chart } from "./chart.js";
import type { Figures } from "./figures.js";
import { html } from "./html.js";
import { pageTitle } from "./page.js";
import { type Division, pivotOf, size } from "./pivot.js";
import { daysOf, type Range } from "./range.js";
import type { Rates } from "./rates.js";
import { summaryOf } from "./summary.js";
import { table } from "./table.js";

/** What the server said, and what it was asked. */
export interface Shown {
  readonly usage: UsageInfo;
  readonly sandbox: boolean;
  readonly range: Range;
  readonly at: Date;
}

/** The parts of the page that change, as HTML, by their IDs. */
export interface Parts {
  readonly heading: string;
  readonly summary: string;
  readonly details: string;
}

export function partsOf(shown: Shown, division: Division, rates: Rates, figures: Figures): Parts {
  const { usage, sandbox, range, at } = shown;
  const pivot = pivotOf(usage.groups, division, rates);
  const warnings = usage.notRecorded
    ? [html`<p class="warning">${l10n.t("The history can't be stored.")} ${usage.notRecorded}</p>`]
    : [];
  const problems = rates.problems.map((problem) => html`<p class="note">${problem}</p>`);
  const hasBars = size(pivot.total) > 0;
  return {
    heading: html`${pageTitle()}${sandbox ? ` ${l10n.t("(Sandbox)")}` : ""}`.text,
    summary: html`${warnings}<p>${summaryOf(pivot, range, figures).join(" ")}</p>
${problems}<p class="note">${l10n.t("Account")}: ${usage.accountId}</p>`.text,
    details: html`${hasBars ? [chart(pivot, daysOf(range, at), figures)] : []}
${pivot.cells.length > 0 ? [table(pivot, division, figures)] : []}
<p class="note">${footnote(sandbox)}</p>`.text,
  };
}

/** What the page shows before the first answer, and if there's none. */
export function messagePart(message: string): Partial<Parts> {
  return { summary: html`<p>${message}</p>`.text, details: "" };
}

function footnote(sandbox: boolean): string {
  return [
    ...(sandbox ? [l10n.t("Nothing in the sandbox is real, and nothing costs money.")] : []),
    l10n.t("Companion counts only what it sees on this computer while VS Code is running."),
    l10n.t("It doesn't count time that wasn't watched, in which an environment might have been connected."),
    l10n.t(
      "The history stays on this computer. Costs are calculated from your own rates, and aren't a bill.",
    ),
  ].join(" ");
}
