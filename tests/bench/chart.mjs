// @ts-check
/** Draws the figures as bars, with a panel for each. */
import { number } from "./report.mjs";
import { median, spread } from "./statistics.mjs";

/** @import { Samples } from "./measures.mjs" */

const panels = [
  { figure: "start", title: "spawn → initialize answered, ms" },
  { figure: "p50", title: "round trip p50, µs" },
  { figure: "cpu", title: "server CPU for a request, µs" },
  { figure: "idle", title: "memory after initialize, MiB" },
];
const [panelWidth, barHeight, labelWidth, top] = [490, 18, 150, 34];

/** @param {string} server */
function color(server) {
  return server.startsWith("companion")
    ? "#2f6fde"
    : server.startsWith("StreamJsonRpc")
      ? "#9aa4b2"
      : "#d98c2b";
}

/** @param {Samples} samples */
export function chart(samples) {
  const shown = panels.filter(({ figure }) => samples.has(figure));
  const rows = Math.max(...shown.map(({ figure }) => samples.get(figure)?.size ?? 0));
  const panelHeight = top + rows * (barHeight + 4) + 16;
  const height = Math.ceil(shown.length / 2) * panelHeight;
  const body = shown.map(
    ({ figure, title }, index) =>
      `<g transform="translate(${(index % 2) * panelWidth} ${Math.floor(index / 2) * panelHeight})">
<text x="8" y="20" font-weight="bold">${title}</text>
${bars(samples.get(figure) ?? new Map())}
</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${2 * panelWidth} ${height}" font-family="system-ui, sans-serif" font-size="12">
<title>The figures beside the peers</title>
<rect width="100%" height="100%" fill="#ffffff"/>
${body.join("\n")}
</svg>
`;
}

/** @param {Map<string, number[]>} byServer */
function bars(byServer) {
  const longest = Math.max(...[...byServer.values()].map((samples) => spread(samples)[1]));
  const scale = (panelWidth - labelWidth - 70) / longest;
  return [...byServer]
    .map(([server, samples], row) => {
      const [y, width] = [top + row * (barHeight + 4), median(samples) * scale];
      const [low, high] = spread(samples).map((value) => labelWidth + value * scale);
      const middle = y + barHeight / 2;
      return `<text x="${labelWidth - 6}" y="${y + 13}" text-anchor="end">${server}</text>
<rect x="${labelWidth}" y="${y}" width="${width.toFixed(1)}" height="${barHeight}" fill="${color(server)}"/>
<line x1="${low?.toFixed(1)}" x2="${high?.toFixed(1)}" y1="${middle}" y2="${middle}" stroke="#222222"/>
<text x="${(Math.max(labelWidth + width, high ?? 0) + 6).toFixed(1)}" y="${y + 13}">${number(median(samples))}</text>`;
    })
    .join("\n");
}
