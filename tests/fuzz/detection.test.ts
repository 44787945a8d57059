import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { serverPath } from "../blackbox/support/programs.js";
import { key } from "./keySearch.js";
import { check } from "./properties.js";

const faultyServer = fileURLToPath(new URL("faultyServer.mjs", import.meta.url));

it("finds no memory leak in the server", async () => {
  await check("messages", [serverPath], { seed: 20261122, numRuns: 2_500 });
});

it.each<[fault: string, report: RegExp, numRuns: number]>([
  ["none", /^\d+ cases/, 200],
  ["crash", /crashed/, 200],
  ["loop", /A hang/, 200],
  ["silence", /A hang: no sign of every reply .* Open: ("m)?\d+/, 200], // ids are texts or numbers
  ["twice", /has a second reply/, 200],
  ["key", /wrote the key to stdout/, 200],
  ["key in base64", /wrote the key to stderr/, 200],
  ["memory", /Memory leaks/, 4_000],
])("finds what is wrong with a server: %s", async (fault, report, numRuns) => {
  const checking = check("messages", [process.execPath, faultyServer, fault, key], {
    seed: 7,
    numRuns,
    endOnFailure: true,
  });
  expect(await checking.catch((error: Error) => error.message)).toMatch(report);
});
