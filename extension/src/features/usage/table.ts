import * as l10n from "@vscode/l10n";
import { durationText } from "../../util/duration.js";
import type { Figures } from "./figures.js";
import { type Html, html } from "./html.js";
import type { Division, Pivot, Sum } from "./pivot.js";

/** Returns all that the chart shows, for screen readers and for those who want to know exactly. */
export function table({ cells, total, units }: Pivot, division: Division, figures: Figures): Html {
  const columns = columnsOf({ total, units }, figures);
  const values = (sum: Sum) => columns.map(({ value }) => html`<td>${value(sum)}</td>`);
  const rows = cells.map(
    ({ day, series, sum }) =>
      html`<tr><th scope="row">${figures.day(day)}</th><td class="name">${series.label}</td>${values(sum)}</tr>\n`,
  );
  return html`<div id="table" role="region" tabindex="0" aria-labelledby="caption"><table>
<caption id="caption">${caption(division)}</caption>
<thead><tr><th scope="col">${l10n.t("Day")}</th><th scope="col" class="name">${divisionName(division)}</th>${columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows}</tbody>
<tfoot><tr><th scope="row" colspan="2">${l10n.t("Total")}</th>${values(total)}</tr></tfoot>
</table></div>`;
}

export function divisionName(division: Division): string {
  return division === "environment" ? l10n.t("Environment") : l10n.t("Node Pool");
}

function caption(division: Division): string {
  return division === "environment"
    ? l10n.t("Usage by day and environment")
    : l10n.t("Usage by day and node pool");
}

interface Column {
  readonly title: string;
  value(sum: Sum): string;
}

function columnsOf({ total, units }: Pick<Pivot, "total" | "units">, figures: Figures): Column[] {
  return [
    { title: l10n.t("Connected"), value: ({ connectedSeconds }) => durationText(connectedSeconds) },
    ...units.map((unit) => ({
      title: unit === "gpu" ? l10n.t("GPU-Hours") : l10n.t("Rank-Hours"),
      value: ({ amount }: Sum) => figures.hours(amount[unit]),
    })),
    {
      title: l10n.t("Not Watched"),
      value: ({ notWatchedSeconds }) => (notWatchedSeconds > 0 ? durationText(notWatchedSeconds) : ""),
    },
    ...(total.cost === undefined
      ? []
      : [
          {
            title: l10n.t("Cost"),
            value: ({ cost }: Sum) => (cost === undefined ? "" : figures.money(cost)),
          },
        ]),
  ];
}
