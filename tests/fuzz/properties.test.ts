import { describe, it } from "vitest";
import { serverPath } from "../blackbox/support/programs.js";
import { check, type Name, names } from "./properties.js";

/** What `npm run fuzz` passes on. Otherwise, each property gets a few cases, which are always the same. */
const given: { limit?: number; seed?: number; only?: Name[]; path?: string } = JSON.parse(
  process.env.COMPANION_FUZZ ?? "{}",
);
const { limit, only = names, ...replay } = given;
const parameters = limit
  ? { ...replay, numRuns: replay.path ? 1 : Number.POSITIVE_INFINITY, interruptAfterTimeLimit: limit }
  : { seed: 20261122, numRuns: 20, interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true };

describe("the server, for any input", () => {
  it.each(only)("%s", { timeout: (limit ?? 150_000) + 30_000 }, async (name) => {
    const summary = await check(name, [serverPath], parameters);
    if (limit) console.log(`${name}: ${summary}`);
  });
});
