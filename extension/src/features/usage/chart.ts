import * as l10n from "@vscode/l10n";
import { amountText, nothing, plus } from "./amount.js";
import type { Figures } from "./figures.js";
import { type Html, html } from "./html.js";
import { type Pivot, type Series, type Sum, size } from "./pivot.js";

/** How many environments or node pools have a color of their own. Style classes 0 to 5, and 6 for the others. */
export const mostColors = 6;

/** In the units of the drawing, which is stretched to the width of the page. */
const dayWidth = 10;
const height = 100;
/** Above this number of days, there's no room between the bars. */
const mostDaysApart = 90;

/** Draws a bar per day, divided by color. Hidden from screen readers, which get a summary and the table. */
export function chart(pivot: Pivot, days: readonly string[], figures: Figures): Html {
  const { cells, units } = pivot;
  const colorOf = new Map(pivot.series.map(({ id }, index) => [id, Math.min(index, mostColors)]));
  const sizeOn = (day: string) =>
    cells.reduce((sum, cell) => (cell.day === day ? sum + size(cell.sum) : sum), 0);
  const sizes = days.map(sizeOn);
  const most = Math.max(...sizes);
  const [first = "", last = ""] = [days[0], days.at(-1)].map((day = "") => figures.day(day));
  const mostOn = days[sizes.indexOf(most)] ?? "";
  const mostText = amountText(amountOn(pivot, mostOn), units, figures);
  const label = l10n.t(
    "Hours per day from {0} to {1}. The most on a day: {2} on {3}. The table has all values.",
    first,
    last,
    mostText,
    figures.day(mostOn),
  );
  const apart = days.length <= mostDaysApart;
  const bars = days.flatMap((day, index) => {
    let top = height;
    return cells.flatMap(({ day: of, series, sum }) => {
      if (of !== day || size(sum) === 0) return [];
      const share = (size(sum) / most) * height;
      top -= share;
      const name = [figures.day(day), series.label, amountText(sum.amount, units, figures)].join(" · ");
      return [
        html`<rect class="c${colorOf.get(series.id) ?? mostColors}" x="${index * dayWidth + (apart ? 1 : 0)}" y="${round(top)}" width="${apart ? dayWidth - 2 : dayWidth}" height="${round(share)}"><title>${name}</title></rect>`,
      ];
    });
  });
  return html`<figure>
<div class="scale" aria-hidden="true">${mostText}</div>
<svg role="img" aria-label="${label}" class="${apart ? "apart" : "dense"}" viewBox="0 0 ${days.length * dayWidth} ${height}" preserveAspectRatio="none">${bars}</svg>
<div class="axis" aria-hidden="true"><span>${first}</span><span>${last}</span></div>
<ul>${legend(pivot, figures)}</ul>
</figure>`;
}

function legend({ series, units }: Pivot, figures: Figures): Html[] {
  const line = (color: number, label: string, { amount }: Pick<Sum, "amount">) =>
    html`<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="c${color}" width="10" height="10" /></svg>${label} <span class="note">${amountText(amount, units, figures)}</span></li>`;
  const own = series.slice(0, mostColors).map(({ label, sum }, index) => line(index, label, sum));
  const others = series.slice(mostColors);
  return others.length === 0
    ? own
    : [...own, line(mostColors, l10n.t("Others"), { amount: amountOf(others) })];
}

function amountOf(some: readonly Pick<Series, "sum">[]) {
  return some.map(({ sum }) => sum.amount).reduce(plus, nothing);
}

function amountOn({ cells }: Pivot, day: string) {
  return amountOf(cells.filter((cell) => cell.day === day));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
