import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { account, confirmed, environment, observed, roomWait } from "../../../test/views.js";
import { commandNames, isAvailable } from "../../commands/commands.js";
import { environmentStates } from "../../protocol.g.js";
import type { LastConnection } from "../../state/memory.js";
import { initialView, type View } from "../../state/view.js";
import { menuOf } from "./items.js";

const last: LastConnection = { nodePoolId: "h100-8x", numRanks: 8, end: "none" };
const menuItems = (view: View, of?: LastConnection) => menuOf(view, of, observed).items;
const commands = (view: View, of?: LastConnection) => menuItems(view, of).map(({ command }) => command);
const more = (view: View, of?: LastConnection) =>
  menuOf(view, of, observed).more.map(({ command }) => command);

describe("menuOf", () => {
  it.each<[string, View, LastConnection | undefined, string[]]>([
    ["a connected environment", confirmed(), last, ["disconnect", "connectTo", "setEnd", "refresh"]],
    [
      "a disconnected one",
      confirmed(environment({ state: "DISCONNECTED" })),
      last,
      ["connect", "connectTo", "refresh"],
    ],
    [
      "one that was never connected from here",
      confirmed(environment({ state: "DISCONNECTED" })),
      undefined,
      ["connect", "refresh"],
    ],
    [
      "one that is being connected",
      confirmed(environment({ state: "CONNECTING" })),
      last,
      ["disconnectWhenConnected", "connectTo", "refresh", "selectEnvironment"],
    ],
    [
      "one that is being connected, with a planned disconnect",
      confirmed(environment({ state: "CONNECTING" }), { plannedDisconnect: { isUnwatched: false } }),
      last,
      ["keepConnected", "connectTo", "refresh", "selectEnvironment"],
    ],
    [
      "one that is being disconnected",
      confirmed(environment({ state: "DISCONNECTING" })),
      last,
      ["connectTo", "refresh", "selectEnvironment"],
    ],
    [
      "one that waits for room",
      confirmed(environment({ state: "DISCONNECTED" }), { roomWait: roomWait() }),
      last,
      ["stopWaiting", "connect", "connectTo", "refresh"],
    ],
    [
      "one that no longer waits for room",
      confirmed(environment({ state: "DISCONNECTED" }), { roomWait: roomWait({ isStopped: true }) }),
      last,
      ["resumeWaiting", "connect", "connectTo", "refresh"],
    ],
    [
      "one with an outdated state",
      { ...confirmed(), confirmed: false },
      last,
      ["disconnect", "connect", "connectTo", "setEnd", "refresh"],
    ],
    [
      "no environment",
      { ...initialView, account },
      undefined,
      ["connect", "selectEnvironment", "trySandbox", "getStarted"],
    ],
    [
      "being signed out",
      { ...initialView, account: null },
      undefined,
      ["signIn", "trySandbox", "getStarted"],
    ],
    [
      "a server that has stopped",
      { ...initialView, server: "failed" },
      undefined,
      ["restartServer", "showLog", "trySandbox"],
    ],
  ])("starts with the most likely action for %s", (_, view, of, first) => {
    expect(commands(view, of).slice(0, first.length)).toEqual(first);
  });

  it.each<[string, View, string[]]>([
    [
      "an environment",
      confirmed(),
      [
        "trySandbox",
        "signIn",
        "switchAccount",
        "signOut",
        "showUsage",
        "diagnose",
        "restartServer",
        "showLog",
      ],
    ],
    [
      "no environment",
      { ...initialView, account },
      ["signIn", "switchAccount", "signOut", "showUsage", "diagnose", "showLog"],
    ],
    ["being signed out", { ...initialView, account: null }, ["diagnose", "showLog"]],
    ["an unknown account", initialView, ["signIn", "showUsage", "diagnose", "showLog"]],
    [
      "the sandbox",
      confirmed(environment(), { sandbox: true }),
      ["showUsage", "diagnose", "restartServer", "showLog"],
    ],
    ["a server that has stopped", { ...initialView, server: "failed" }, []],
  ])("leaves the rest to More… for %s", (_, view, rest) => expect(more(view, last)).toEqual(rest));

  it("shows what Connect will do, and has an ellipsis only if it asks", () => {
    const view = confirmed(environment({ state: "DISCONNECTED" }));
    expect(menuItems(view, last)[0]).toMatchObject({
      label: "Connect",
      description: "trainer → h100-8x, 8 ranks",
    });
    expect(menuItems(view)[0]).toMatchObject({
      label: "Connect…",
      description: "trainer",
    });
  });

  it("shows a failed change first", () => {
    const failedChange = { message: "trainer is still connected. The snapshot failed.", state: "CONNECTED" };
    const shown = menuItems(confirmed(environment(), { failedChange }), last);
    expect(shown[0]).toMatchObject({
      command: "showLastFailure",
      label: "Last change failed: trainer is still connected. The snapshot failed.",
    });
    expect(shown.slice(1)).toEqual(menuItems(confirmed(), last));
  });

  it("offers to leave the sandbox, and not to sign out there", () => {
    const sandbox = confirmed(environment(), { sandbox: true });
    const shown = [...commands(sandbox), ...more(sandbox)];
    expect(commands(sandbox)).toContain("leaveSandbox");
    for (const absent of ["trySandbox", "signIn", "switchAccount", "signOut"])
      expect(shown).not.toContain(absent);
  });

  it("offers to sign out only if the user is signed in", () => {
    expect(more(confirmed())).toContain("signOut");
    expect(more({ ...initialView, account: undefined })).not.toContain("signOut");
  });

  it("offers only commands that exist and are available", () => {
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    const views: View[] = [
      ...environmentStates.map((state) => confirmed(environment({ state }))),
      ...environmentStates.map((state) => ({ ...confirmed(environment({ state })), confirmed: false })),
      { ...initialView, sandbox: true },
      { ...initialView, account: null },
      initialView,
    ];
    for (const view of views) {
      const offered = [...commands(view, last), ...more(view, last)];
      expect(contributed).toEqual(expect.arrayContaining(offered.map((name) => `companion.${name}`)));
      const senseless = commandNames.filter((name) => !isAvailable(name, view, observed));
      for (const name of senseless) expect(offered).not.toContain(name);
      expect(new Set(offered).size).toBe(offered.length);
    }
  });
});
