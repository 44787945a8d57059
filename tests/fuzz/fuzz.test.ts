import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { check } from "./check.mjs";
import { RawGateway } from "./gateway.mjs";
import { builtServer, temporaryHome } from "./program.mjs";
import { makeProperties, names } from "./properties/index.mjs";

const { home, remove } = temporaryHome();
const faultyServer = fileURLToPath(new URL("faultyServer.mjs", import.meta.url));
let gateway: RawGateway;
beforeAll(async () => {
  gateway = await RawGateway.open();
});
afterAll(() => {
  gateway.close();
  remove();
});

/** Plays some cases of one property, by count and with one seed: the same each time. */
async function play(command: [string, ...string[]], name: string, seed: number, runs: number) {
  const property = makeProperties({ command, home }, gateway, [name])[name];
  if (!property) throw new Error(`There is no property ${name}.`);
  try {
    return await check(property, { seed, runs });
  } finally {
    for (const lane of property.lanes) await lane.end();
  }
}

/** `npm run fuzz` looks further. */
describe("whatever comes in", () => {
  it.each(names)("%s", async (name) => {
    const { failure } = await play([builtServer()], name, 20261122, 20);
    expect(failure?.report).toBeUndefined();
  });

  it("leaves no memory behind", async () => {
    const { failure } = await play([builtServer()], "messages", 20261122, 2_500);
    expect(failure?.report).toBeUndefined();
  });
});

describe("what the fuzzer finds in a server that is at fault", () => {
  const planted: [defect: string, found: RegExp, runs: number][] = [
    ["none", /^$/, 200],
    ["crash", /crashed/, 200],
    ["loop", /A hang/, 200],
    ["silence", /A hang: no sign of every answer .* Not answered/, 200],
    ["twice", /answered twice/, 200],
    ["key", /told the key/, 200],
    ["key in base64", /wrote the key to stderr/, 200],
    ["memory", /Memory leaks/, 4_000],
  ];
  it.each(planted)("%s", async (defect, found, runs) => {
    const { failure } = await play([process.execPath, faultyServer, defect], "messages", 7, runs);
    expect(failure?.report ?? "").toMatch(found);
  });
});
