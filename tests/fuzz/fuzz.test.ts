import fc from "fast-check";
import { expect, it } from "vitest";
import { properties } from "./properties.mjs";

/** By count and with one seed: the same each time. `npm run fuzz` looks further. */
it.each(Object.keys(properties))("%s", async (name) => {
  const property = properties[name];
  expect(property).toBeDefined();
  if (property) await fc.assert(property, { seed: 20261122, numRuns: 12 });
});
