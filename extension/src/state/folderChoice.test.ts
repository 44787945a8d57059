import { describe, expect, it } from "vitest";
import { differenceOf, type FolderChoice, parseChoice } from "./folderChoice.js";

const trainer = { accountId: "acme", environmentId: "trainer" };
const night = { accountId: "acme", environmentId: "night" };

describe("parseChoice", () => {
  it.each<[string, FolderChoice]>([
    ["", {}],
    ["{", {}],
    ["null", {}],
    ["[]", { sandbox: false }],
    ['{"sandbox":"yes","account":1,"environment":{"accountId":"acme"}}', { sandbox: false }],
    ['{"sandbox":true,"account":"acme"}', { sandbox: true, account: "acme" }],
    [JSON.stringify({ environment: { ...trainer, other: 1 } }), { sandbox: false, environment: trainer }],
    [
      JSON.stringify({ sandboxEnvironment: { ...trainer, displayName: "T" } }),
      { sandbox: false, sandboxEnvironment: { ...trainer, displayName: "T" } },
    ],
  ])("of %j", (text, choice) => expect(parseChoice(text)).toEqual(choice));
});

describe("differenceOf", () => {
  const real: FolderChoice = { account: "acme", environment: trainer };
  it.each<[string, FolderChoice, FolderChoice, object | undefined]>([
    ["nothing", {}, {}, undefined],
    ["the same", real, { ...real, sandbox: false }, undefined],
    ["another name", real, { ...real, environment: { ...trainer, displayName: "T" } }, undefined],
    ["the sandbox there", real, { ...real, sandbox: true }, { kind: "enteredSandbox" }],
    ["the sandbox here", { sandbox: true }, { sandbox: false }, { kind: "leftSandbox" }],
    ["the sandbox before all else", real, { sandbox: true, account: "globex" }, { kind: "enteredSandbox" }],
    [
      "another account",
      real,
      { account: "globex", environment: night },
      { kind: "account", here: "acme", there: "globex" },
    ],
    ["no account there", real, { environment: trainer }, undefined],
    ["no account here", { environment: trainer }, real, undefined],
    [
      "another environment",
      real,
      { ...real, environment: night },
      { kind: "environment", here: trainer, there: night },
    ],
    [
      "the same environment of another account",
      { environment: trainer },
      { environment: { ...trainer, accountId: "globex" } },
      { kind: "environment", here: trainer, there: { ...trainer, accountId: "globex" } },
    ],
    ["no environment there", real, { account: "acme" }, undefined],
    ["no environment here", { account: "acme" }, real, undefined],
    [
      "the real ones in the sandbox",
      { sandbox: true, ...real },
      { sandbox: true, account: "globex", environment: night },
      undefined,
    ],
    [
      "another environment of the sandbox",
      { sandbox: true, sandboxEnvironment: trainer },
      { sandbox: true, sandboxEnvironment: night },
      { kind: "environment", here: trainer, there: night },
    ],
  ])("%s", (_, here, there, difference) => expect(differenceOf(here, there)).toEqual(difference));
});
