import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { account, confirmed, environment, observed } from "../../test/views.js";
import { contextKeys } from "../features/menu/context.js";
import { environmentStates } from "../protocol.g.js";
import { availability, type ConditionalCommand } from "./availability.js";
import { freshFor } from "./freshness.js";
import { initialView, reduce, type View } from "./view.js";

const possible = (view: View, now = observed) =>
  Object.entries(availability(view, now))
    .filter(([, is]) => is)
    .map(([name]) => name);

describe("availability", () => {
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
  it("enables each of them by its context key, and all other commands always", () => {
    const enablement = Object.fromEntries(
      manifest.contributes.commands.map((command) => [
        command.command,
        "enablement" in command ? command.enablement : undefined,
      ]),
    );
    const occasional = Object.keys(availability(initialView, observed)) as ConditionalCommand[];
    const keys = contextKeys(initialView, observed);
    for (const name of occasional) {
      expect(enablement[`companion.${name}`]).toBe(`!companion.unavailable.${name}`);
      expect(keys).toHaveProperty([`companion.unavailable.${name}`]);
    }
    const others = Object.entries(enablement).filter(([, condition]) => condition === undefined);
    expect(others.length + occasional.length).toBe(Object.keys(enablement).length);
  });
});
