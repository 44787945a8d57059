// @ts-check
/**
 * npm run fuzz -- --minutes N [--seed S] [--only NAME]: every property in turn, with new seeds, for so long. A failure is made as small
 * as it gets and printed with its seed and path, by which fast-check plays it again. Exit code 1 for a failure.
 */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { properties } from "./properties.mjs";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "1" }, seed: { type: "string" }, only: { type: "string" } },
});
const end = performance.now() + Number(values.minutes) * 60_000;
const chosen = Object.entries(properties).filter(([name]) => (values.only ?? name) === name);
if (chosen.length === 0 || !(Number(values.minutes) > 0)) {
  console.error(
    `fuzz: --minutes takes a number above 0, --only one of ${Object.keys(properties).join(", ")}`,
  );
  process.exit(2);
}

let [round, runs] = [0, 0];
for (let seed = Number(values.seed ?? randomInt(2 ** 31)); performance.now() < end; seed++, round++) {
  for (const [name, property] of chosen) {
    const result = await fc.check(property, {
      seed,
      numRuns: 20,
      interruptAfterTimeLimit: Math.max(1, end - performance.now()),
    });
    runs += result.numRuns;
    if (!result.failed || result.interrupted) continue;
    console.error(`${name}, seed ${seed}:\n${await fc.asyncDefaultReportMessage(result)}`);
    process.exit(1);
  }
  console.log(`seed ${seed}: clean (${runs} runs so far)`);
}
console.log(`${runs} runs in ${round} rounds, nothing found.`);
