// @ts-check
/** npm run bench: measures the product and its peers in a single run, and writes docs/benchmarks/. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { inRoot, installPackages } from "../../extension/scripts/common.mjs";

const { values } = parseArgs({
  options: {
    "no-build": { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    before: { type: "string" },
    "before-package": { type: "string" },
    "only-vscode": { type: "boolean", default: false },
    out: { type: "string", default: inRoot("docs", "benchmarks") },
  },
});

installPackages();
const { chart } = await import("./chart.mjs");
const { measureLoad, measureMemory, measureRoundTrips, measureStart, full, quick } = await import(
  "./measures.mjs"
);
const { measureBurst, measureConnect, measureLists } = await import("./gatewayMeasures.mjs");
const { judge, page, vscodePage } = await import("./report.mjs");
const { bareClient, flavoredServers, nodeServer, plainServers, serversBefore } = await import(
  "./servers.mjs"
);
const { measureSize } = await import("./sizes.mjs");
const { measureVSCode } = await import("./vscodeMeasures.mjs");

/** @import { Samples } from "./measures.mjs" */

const much = values.quick ? quick : full;
const options = { build: !values["no-build"] };
/** @type {Samples} */
const samples = new Map();
if (!values["only-vscode"]) await measureServers();
tell("the real VS Code");
// Keep the other figures even if this fails.
const withoutVSCode = await measureVSCode(
  { ...options, rounds: much.windows, before: values["before-package"] },
  samples,
).catch((/** @type {Error} */ error) => error.message);

mkdirSync(values.out, { recursive: true });
if (values["only-vscode"]) {
  if (!withoutVSCode) writeFileSync(`${values.out}/vscode.md`, vscodePage(samples)); // keep the last results
} else {
  const notes = readFileSync(inRoot("tests", "bench", "notes.md"), "utf8");
  writeFileSync(`${values.out}/README.md`, page(samples, notes, withoutVSCode));
  writeFileSync(`${values.out}/results.svg`, chart(samples));
}
for (const { goal, met, ratios, wanted } of judge(samples))
  console.log(`${met ? "✓" : "✗"} ${goal.title}: ${ratios.join(", ")} (${wanted.join(", ")})`);
if (withoutVSCode) console.log(`? The figures of the real VS Code are not measured: ${withoutVSCode}.`);
console.log(`\nThe results are in ${values.out}.`);

/** Measures everything but the real VS Code. */
async function measureServers() {
  const before = values.before ? serversBefore(values.before) : [];
  const servers = [...flavoredServers(options), ...plainServers(options), ...before, await nodeServer()];
  const bare = bareClient(options);
  console.log(`Measuring ${servers.map(({ name }) => name).join(", ")}.`);

  tell("starting");
  await measureStart(servers, much.starts, samples);
  tell("round trips");
  await measureRoundTrips(servers, much.sequences, much.sequence, samples);
  tell("load");
  await measureLoad(servers, much.bursts, much.burst, samples);
  tell("memory");
  await measureMemory(servers, much.memories, much.million, samples);
  // The bare client is portable, so it's compared with the portable server.
  const portable = servers.find(({ name }) => name === "companion portable");
  if (portable) {
    tell("one connect");
    await measureConnect(portable, bare, much.connects, samples);
    tell("lists");
    await measureLists(portable, bare, much.lists, samples);
    tell("a burst of connects");
    await measureBurst(portable, bare, much.connectBursts, samples);
  }
  measureSize(servers, samples);
}

/** @param {string} what's being measured */
function tell(what) {
  console.log(`${new Date().toISOString().slice(11, 19)} ${what}`);
}
