// @ts-check
/** Writes the figures as a table, beginning with ratios. */
import { cpus, type } from "node:os";
import { goals, inVSCode } from "./goals.mjs";
import { median, ratio, spread } from "./statistics.mjs";

/** @import { Goal } from "./goals.mjs" */
/** @import { Samples } from "./measures.mjs" */

/** @typedef {{ goal: Goal, samples: number[], met: boolean, ratios: string[], wanted: string[] }} Row */

/**
 * Returns the measured goals.
 * @param {Samples} samples
 * @returns {Row[]}
 */
export function judge(samples) {
  return goals.flatMap((goal) => {
    const own = samples.get(goal.figure)?.get(goal.server);
    if (!own) return [];
    const others = (goal.against ?? []).map(({ server, most }) => ({
      name: server.replace(/ (native|ready|portable)$/, ""),
      most,
      others: samples.get(goal.figure)?.get(server),
    }));
    if (goal.growth)
      others.push({
        name: goal.growth.figure,
        most: goal.growth.most,
        others: samples.get(goal.growth.figure)?.get(goal.server),
      });
    const compared = others.flatMap(({ name, most, others }) =>
      others ? [{ name, most, is: ratio(own, others) }] : [],
    );
    const met =
      compared.every(({ most, is }) => is <= most) && (goal.most === undefined || median(own) <= goal.most);
    return [
      {
        goal,
        samples: own,
        met,
        ratios: compared.map(({ name, is }) => `${is.toFixed(2)} × ${name}`),
        wanted: wantedOf(goal, compared),
      },
    ];
  });
}

/**
 * @param {Goal} goal
 * @param {readonly { name: string, most: number }[]} compared what it's compared with
 */
function wantedOf({ most, unit }, compared) {
  return [
    ...compared.map(({ name, most }) => `≤ ${most} × ${name}`),
    ...(most === undefined ? [] : [`≤ ${most} ${unit}`]),
  ];
}

/**
 * Returns the whole page.
 * @param {Samples} samples
 * @param {string} notes about the run, as Markdown
 * @param {string} [withoutVSCode] why nothing was measured in a real VS Code
 */
export function page(samples, notes, withoutVSCode) {
  return `# Benchmarks

<!-- Written by npm run bench. The notes are tests/bench/notes.md. -->

${howMeasured("servers")}

${goalTable(samples, withoutVSCode ? notMeasured(withoutVSCode) : [])}

![The figures beside the peers](results.svg)

## Every server

${figureTable(samples)}

${notes}`;
}

/**
 * Returns the page of what was measured in a real VS Code.
 * @param {Samples} samples
 */
export function vscodePage(samples) {
  return `# The extension in a real VS Code

<!-- Written by npm run bench -- --only-vscode. -->

${howMeasured("packages")} For how
it's measured, see [the notes](README.md#how-its-measured).

${goalTable(samples)}

## Every package

${figureTable(samples)}
`;
}

/** @param {string} what took turns */
function howMeasured(what) {
  return `Measured on ${cpus().length} × ${cpus()[0]?.model.trim() ?? "?"}, ${type()}, Node ${process.versions.node}, on
${new Date().toISOString().slice(0, 10)}. All figures are from one run, in which the ${what} took turns. A ratio is the median of the ratios of all
rounds. A figure is the median, and its spread is the middle half of its samples. Times depend on the machine, so compare ratios.`;
}

/**
 * @param {Samples} samples
 * @param {readonly string[]} more lines
 */
function goalTable(samples, more = []) {
  return `| | figure | is | goal | spread |
| --- | --- | --- | --- | --- |
${[...judge(samples).map(line), ...more].join("\n")}`;
}

/** @param {Samples} samples */
function figureTable(samples) {
  const names = servers(samples);
  const lines = [...samples].map(([figure, byServer]) => {
    const medians = names.map((name) => (byServer.has(name) ? number(median(byServer.get(name) ?? [])) : ""));
    return `| ${figure} | ${medians.join(" | ")} |`;
  });
  return `| figure | ${names.join(" | ")} |
| --- |${" ---: |".repeat(names.length)}
${lines.join("\n")}`;
}

/** @param {Row} row */
function line({ goal, samples, met, ratios, wanted }) {
  const [low, high] = spread(samples);
  const is = [...ratios, `${number(median(samples))} ${goal.unit}`].join(", ");
  return `| ${met ? "✓" : "✗"} | ${goal.title} | ${is} | ${wanted.join(", ")} | ${number(low)} – ${number(high)} ${goal.unit} |`;
}

/** @param {string} reason */
function notMeasured(reason) {
  return goals
    .filter(({ server }) => server === inVSCode)
    .map((goal) => {
      const compared = (goal.against ?? []).map(({ server, most }) => ({ name: server, most }));
      return `| ? | ${goal.title} | not measured: ${reason} | ${wantedOf(goal, compared).join(", ")} | |`;
    });
}

/** @param {Samples} samples */
function servers(samples) {
  return [...new Set([...samples.values()].flatMap((byServer) => [...byServer.keys()]))];
}

/** @param {number} value */
export function number(value) {
  if (value >= 1000) return Math.round(value).toLocaleString("en");
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
