import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import nls from "../../package.nls.json" with { type: "json" };
import { account, confirmed, environment, observed, roomWait } from "../../test/views.js";
import { contextKeys } from "../features/menu/context.js";
import { environmentStates } from "../protocol.g.js";
import { freshFor } from "../state/freshness.js";
import { initialView, reduce, type View } from "../state/view.js";
import { type CommandName, commandNames, commands, enablementOf, idOf, isAvailable } from "./commands.js";

const conditional = commandNames.filter((name) => commands[name].available);
const possible = (view: View, now = observed) => conditional.filter((name) => isAvailable(name, view, now));
const dependsOnState = (name: CommandName) =>
  ["connect", "disconnect", "disconnectWhenConnected", "setEnd"].includes(name);

const gone = reduce(confirmed(), {
  type: "problem",
  accountId: "acme",
  environmentId: "trainer",
  problem: { code: 5, message: "There is no such environment." } as never,
});

const situations = {
  unknown: initialView,
  signedOut: { ...confirmed(), account: null, confirmed: false },
  noEnvironment: { ...initialView, server: "running", account },
  gone,
  sandbox: confirmed(environment(), { sandbox: true }),
  failed: { ...confirmed(), failedChange: { message: "It has no capacity.", state: "CONNECTED" } },
  connecting: confirmed(environment({ state: "CONNECTING" })),
  planned: confirmed(environment({ state: "CONNECTING" }), { plannedDisconnect: { isUnwatched: false } }),
  waiting: confirmed(environment({ state: "DISCONNECTED" }), { roomWait: roomWait() }),
  stopped: confirmed(environment({ state: "DISCONNECTED" }), { roomWait: roomWait({ isStopped: true }) }),
} satisfies Record<string, View>;

type Situation = keyof typeof situations;

const allBut = (...excluded: Situation[]) =>
  (Object.keys(situations) as Situation[]).filter((one) => !excluded.includes(one));

const situationsOf = (name: CommandName) =>
  Object.entries(situations).flatMap(([situation, view]) =>
    isAvailable(name, view, observed) ? [situation] : [],
  );

describe("isAvailable", () => {
  it.each<[(typeof environmentStates)[number] | "DREAMING", CommandName[]]>([
    ["STATE_UNSPECIFIED", ["connect", "disconnect", "setEnd"]],
    ["CREATING", []],
    ["DISCONNECTED", ["connect"]],
    ["CONNECTING", ["disconnectWhenConnected"]],
    ["CONNECTED", ["disconnect", "setEnd"]],
    ["DISCONNECTING", []],
    ["RECONNECTING", ["disconnectWhenConnected"]],
    ["DELETING", []],
    ["DREAMING", ["connect", "disconnect", "setEnd"]],
  ])("in a confirmed %s", (state, names) => {
    const view = confirmed(environment({ state }));
    expect(possible(view).filter(dependsOnState)).toEqual(names);
    const others = (name: CommandName) => !dependsOnState(name);
    expect(possible(view).filter(others)).toEqual(possible(confirmed()).filter(others));
  });

  it.each([...environmentStates, "DREAMING"])(
    "has one command that is called Connect, in a confirmed %s",
    (state) => {
      const view = confirmed(environment({ state }));
      const called = commandNames.filter((name) => commands[name].title() === commands.connect.title());
      expect(called).toHaveLength(2);
      expect(called.filter((name) => isAvailable(name, view, observed))).toHaveLength(1);
    },
  );

  it("covers each state", () => expect(environmentStates).toHaveLength(8));

  it.each(environmentStates)("disables nothing for an outdated %s", (state) => {
    const view = { ...confirmed(environment({ state })), confirmed: false };
    expect(possible(view)).toEqual(expect.arrayContaining(["connect", "disconnect"]));
    const aged = possible(confirmed(environment({ state })), observed + freshFor + 1);
    expect(aged).toEqual(expect.arrayContaining(["connect", "disconnect"]));
  });

  it.each<[CommandName, Situation[]]>([
    ["connect", ["unknown", "signedOut", "noEnvironment", "gone", "waiting", "stopped"]],
    ["disconnect", ["unknown", "signedOut", "noEnvironment", "sandbox", "failed"]],
    ["refresh", allBut("unknown", "noEnvironment")],
    ["copyId", allBut("unknown", "noEnvironment")],
    ["signOut", allBut("signedOut", "sandbox")],
    ["switchAccount", allBut("sandbox")],
    ["trySandbox", allBut("sandbox")],
    ["leaveSandbox", ["sandbox"]],
    ["restartServer", allBut("unknown")],
    ["showLastFailure", ["failed"]],
    ["disconnectWhenConnected", ["connecting"]],
    ["keepConnected", ["planned"]],
    ["stopWaiting", ["waiting"]],
    ["resumeWaiting", ["stopped"]],
    ["setEnd", ["signedOut", "sandbox", "failed"]],
  ])("%s is available in %j", (name, expected) => expect(situationsOf(name)).toEqual(expected));

  it.each(conditional)("%s is available in some situations, and not in others", (name) => {
    expect(situationsOf(name)).not.toEqual([]);
    expect(situationsOf(name)).not.toEqual(Object.keys(situations));
  });
});

describe("the manifest", () => {
  it.each(commandNames)("has the title of %s, and enables it by its context key", (name) => {
    const command = manifest.contributes.commands.find(({ command }) => command === idOf(name));
    expect(command).toEqual({
      category: "Companion",
      command: idOf(name),
      title: `%command.${name}%`,
      icon: `$(${commands[name].icon})`,
      ...(enablementOf(name) && { enablement: enablementOf(name) }),
    });
    expect(nls[`command.${name}`]).toBe(commands[name].title());
  });

  it("enables a row's commands for its own environment, not for the workspace's", () => {
    const others = conditional.filter((name) => !commands[name].onRow);
    for (const name of others) expect(enablementOf(name)).toBe(`!companion.unavailable.${name}`);
    expect(enablementOf("connect")).toBe("!companion.unavailable.connect || view == companion.environments");
    expect(enablementOf("connectDisabled")).toBe("companion.unavailable.connect");
    expect(enablementOf("connectTo")).toBeUndefined();
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
