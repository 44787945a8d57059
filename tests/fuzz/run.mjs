// @ts-check
/** npm run fuzz: checks each property for an equal part of the time. Exits with 1 on a failure, and 2 for invalid arguments. */
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string" },
    only: { type: "string", multiple: true },
    path: { type: "string" },
  },
});
const { only, path } = values;
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? randomInt(2 ** 31));
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error("fuzz: --minutes takes a number above 0, --seed an integer, --only the name of a property");
  process.exit(2);
}
console.log(`fuzz: ${minutes} minutes, seed ${seed}`);
const limit = (minutes * 60_000) / (only?.length ?? 8);
const { status } = spawnSync("npx", ["vitest", "run", "properties.test.ts", "--reporter=verbose"], {
  cwd: new URL(".", import.meta.url),
  env: { ...process.env, COMPANION_FUZZ: JSON.stringify({ limit, seed, only, path }) },
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (status) console.log("To repeat a case: npm run fuzz -- --only PROPERTY --seed SEED --path PATH");
process.exitCode = status ?? 1;
