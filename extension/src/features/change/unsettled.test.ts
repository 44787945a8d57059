import { describe, expect, it } from "vitest";
import { account, environment } from "../../../test/views.js";
import type { UnsettledChange } from "../../protocol.g.js";
import { interruptedText, type Settled, splitByAccount } from "./unsettled.js";

const left = (more: Partial<UnsettledChange> = {}): UnsettledChange => ({
  accountId: "acme",
  environmentId: "trainer",
  change: "connect",
  since: "2026-11-22T05:00:00Z",
  ...more,
});

const connecting: Settled = { unsettled: left(), environment: environment({ state: "CONNECTING" }) };
const named: Settled = {
  unsettled: left({ environmentId: "night", change: "disconnect" }),
  environment: environment({ environmentId: "night", displayName: "Night run", state: "CONNECTED" }),
};
const gone: Settled = { unsettled: left({ environmentId: "old" }), environment: undefined };

describe("the text after interrupted changes", () => {
  it.each<[string, readonly Settled[], string | undefined]>([
    ["nothing if there are none", [], undefined],
    [
      "a connect",
      [connecting],
      "VS Code or Companion closed while trainer was being connected. Current state: Connecting. The request wasn't sent again.",
    ],
    [
      "a disconnect, with the environment's name",
      [named],
      "VS Code or Companion closed while Night run was being disconnected. Current state: Connected. The request wasn't sent again.",
    ],
    [
      "an environment that no longer exists",
      [gone],
      "VS Code or Companion closed while old was being connected. Current state: Not Found. The request wasn't sent again.",
    ],
    [
      "several at once",
      [connecting, named, gone],
      "VS Code or Companion closed while changes were in progress. Current states: trainer (connect): Connecting; Night run (disconnect): Connected; old (connect): Not Found. The requests weren't sent again.",
    ],
    [
      "an unknown state, and a name without icons",
      [
        {
          unsettled: left(),
          environment: environment({ displayName: "$(error) mine", state: "HIBERNATING" }),
        },
      ],
      "VS Code or Companion closed while $ (error) mine was being connected. Current state: HIBERNATING. The request wasn't sent again.",
    ],
  ])("%s", (_, settled, message) => expect(interruptedText(settled)).toBe(message));
});

describe("splitting changes by account", () => {
  const [mine, alsoMine, foreign] = [
    left(),
    left({ environmentId: "night" }),
    left({ accountId: "globex" }),
  ] as const;
  const all = [mine, foreign, alsoMine];

  it.each([
    ["no account yet", undefined, [], all],
    ["signed out", null, [], all],
    ["the current account", account, [mine, alsoMine], [foreign]],
    ["another account", { ...account, accountId: "globex" }, [foreign], [mine, alsoMine]],
  ])("%s", (_, inUse, due, others) => expect(splitByAccount(all, inUse)).toEqual({ due, others }));
});
