import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import nls from "../../package.nls.json" with { type: "json" };
import { account, confirmed, environment, observed } from "../../test/views.js";
import { contextKeys } from "../features/menu/context.js";
import { environmentStates } from "../protocol.g.js";
import { freshFor } from "../state/freshness.js";
import { initialView, reduce, type View } from "../state/view.js";
import { commandNames, commands, idOf, isAvailable } from "./commands.js";

const conditional = commandNames.filter((name) => commands[name].available);
const possible = (view: View, now = observed) => conditional.filter((name) => isAvailable(name, view, now));

describe("isAvailable", () => {
  const always = ["refresh", "signOut", "switchAccount", "trySandbox", "restartServer"];

  it.each<[(typeof environmentStates)[number] | "DREAMING", string[]]>([
    ["STATE_UNSPECIFIED", ["connect", "disconnect", ...always]],
    ["CREATING", always],
    ["DISCONNECTED", ["connect", ...always]],
    ["CONNECTING", ["disconnect", ...always]],
    ["CONNECTED", ["disconnect", ...always]],
    ["DISCONNECTING", always],
    ["RECONNECTING", ["disconnect", ...always]],
    ["DELETING", always],
    ["DREAMING", ["connect", "disconnect", ...always]],
  ])("in a confirmed %s", (state, commands) =>
    expect(possible(confirmed(environment({ state })))).toEqual(commands),
  );

  it("covers each state", () => expect(environmentStates).toHaveLength(8));

  it.each(environmentStates)("disables nothing for an outdated %s", (state) => {
    const view = { ...confirmed(environment({ state })), confirmed: false };
    expect(possible(view)).toEqual(expect.arrayContaining(["connect", "disconnect"]));
    const aged = possible(confirmed(environment({ state })), observed + freshFor + 1);
    expect(aged).toEqual(expect.arrayContaining(["connect", "disconnect"]));
  });

  const gone = reduce(confirmed(), {
    type: "problem",
    accountId: "acme",
    environmentId: "trainer",
    problem: { code: 5, message: "There is no such environment." } as never,
  });

  it.each<[string, View, string[]]>([
    [
      "before anything is known",
      initialView,
      ["connect", "disconnect", "signOut", "switchAccount", "trySandbox"],
    ],
    [
      "while signed out",
      { ...confirmed(), account: null, confirmed: false },
      ["connect", "disconnect", "refresh", "switchAccount", "trySandbox", "restartServer"],
    ],
    [
      "without an environment",
      { ...initialView, server: "running", account },
      ["connect", "disconnect", "signOut", "switchAccount", "trySandbox", "restartServer"],
    ],
    [
      "if the environment is gone",
      gone,
      ["connect", "refresh", "signOut", "switchAccount", "trySandbox", "restartServer"],
    ],
    [
      "in the sandbox",
      confirmed(environment(), { sandbox: true }),
      ["disconnect", "refresh", "leaveSandbox", "restartServer"],
    ],
  ])("%s", (_, view, commands) => expect(possible(view)).toEqual(commands));
});

describe("the manifest", () => {
  it.each(commandNames)("has the title of %s, and enables it by its context key", (name) => {
    const command = manifest.contributes.commands.find(({ command }) => command === idOf(name));
    expect(command).toEqual({
      category: "Companion",
      command: idOf(name),
      title: `%command.${name}%`,
      ...(commands[name].available && { enablement: `!companion.unavailable.${name}` }),
    });
    expect(nls[`command.${name}`]).toBe(commands[name].title());
  });

  it("has no other commands", () => {
    expect(manifest.contributes.commands.map(({ command }) => command).sort()).toEqual(
      commandNames.map(idOf).sort(),
    );
  });

  it("gets a context key for each conditional command", () => {
    expect(Object.keys(contextKeys(initialView, observed))).toEqual(
      expect.arrayContaining(conditional.map((name) => `companion.unavailable.${name}`)),
    );
  });
});
