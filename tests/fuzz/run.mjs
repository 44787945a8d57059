// @ts-check
/**
 * npm run fuzz -- --minutes N [--seed S] [--only NAME]: every property in turn, round by round with the next seed, for so long. A failure
 * is made as small as it gets and printed with what plays it again. Exit code 0 where nothing was found, 1 for a failure.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { check } from "./check.mjs";
import { RawGateway } from "./gateway.mjs";
import { builtServer, temporaryHome } from "./program.mjs";
import { makeProperties, names } from "./properties/index.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string" },
    only: { type: "string", multiple: true },
    path: { type: "string" },
  },
});
const minutes = Number(values.minutes);
const firstSeed = Number(values.seed ?? randomInt(2 ** 31));
if (!(minutes > 0) || !Number.isInteger(firstSeed) || values.only?.some((name) => !names.includes(name))) {
  console.error(
    `fuzz: --minutes takes a number above 0, --seed an integer, --only one of ${names.join(", ")}`,
  );
  process.exit(2);
}

const began = performance.now();
const end = began + minutes * 60_000;
const server = builtServer();
const { home, remove } = temporaryHome();
const gateway = await RawGateway.open();
const properties = makeProperties({ command: [server], home }, gateway, values.only);
/** @type {Record<string, { cases: number, milliseconds: number }>} */
const tally = Object.fromEntries(
  Object.keys(properties).map((name) => [name, { cases: 0, milliseconds: 0 }]),
);
console.log(`fuzz: ${minutes} minutes from seed ${firstSeed} on`);
try {
  process.exitCode = (await rounds()) ? 0 : 1;
} finally {
  for (const { lanes } of Object.values(properties)) for (const lane of lanes) await lane.end();
  gateway.close();
  remove();
}

/** @returns {Promise<boolean>} true where nothing was found */
async function rounds() {
  let told = began;
  for (let seed = firstSeed; performance.now() < end; seed++) {
    for (const [name, property] of Object.entries(properties)) {
      const from = performance.now();
      const { runs, failure } = await check(property, { seed, runs: property.runs, path: values.path, end });
      const sum = tally[name] ?? { cases: 0, milliseconds: 0 };
      sum.cases += runs;
      sum.milliseconds += performance.now() - from;
      if (failure) {
        const again = `npm run fuzz -- --only ${name} --seed ${seed} --path ${failure.path}`;
        console.error(
          `\n${name} failed in the round of seed ${seed}:\n${failure.report}\n\nThe case alone: ${again}`,
        );
        console.error(
          `With all that came before it: npm run fuzz -- --minutes ${minutes} --seed ${firstSeed}`,
        );
        return false;
      }
    }
    if (performance.now() - told > 30_000) {
      told = performance.now();
      console.log(`${clock()} seed ${seed} clean: ${summary()}`);
    }
    if (values.path !== undefined) break;
  }
  console.log(`${clock()} nothing found: ${summary()}`);
  for (const [name, { cases, milliseconds }] of Object.entries(tally)) {
    const { lanes = [] } = properties[name] ?? {};
    const processes = lanes.reduce((sum, lane) => sum + lane.processes, 0);
    const state = lanes.map((lane) => lane.state).find(Boolean);
    const rate = (cases / (milliseconds / 1000)).toFixed(0);
    console.log(`  ${name}: ${cases} cases, ${rate}/s, processes: ${processes}${state ? `, ${state}` : ""}`);
  }
  return true;
}

function summary() {
  const cases = Object.values(tally).reduce((sum, one) => sum + one.cases, 0);
  return `${cases} cases, ${(cases / ((performance.now() - began) / 1000)).toFixed(0)}/s`;
}

function clock() {
  const seconds = Math.floor((performance.now() - began) / 1000);
  return `[${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}]`;
}
