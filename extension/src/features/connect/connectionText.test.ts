import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import type { NodePoolInfo } from "../../protocol.g.js";
import type { Accepted, LastConnection } from "../../state/memory.js";
import { acceptedRisks, connectionOf, planText } from "./plan.js";

const role = "arn:aws:iam::123456789012:role/team/trainer";

describe("planText", () => {
  it.each<[LastConnection, string]>([
    [{ nodePoolId: "h100-8x", numRanks: 8 }, "train-b → h100-8x, 8 ranks"],
    [{ nodePoolId: "h100-8x" }, "train-b → h100-8x, 1 rank"],
    [
      { nodePoolId: "cpu", numRanks: 2, role, useLocalStorage: true },
      "train-b → cpu, 2 ranks, role trainer, local storage",
    ],
  ])("of %j", (connection, text) =>
    expect(planText(environment({ environmentId: "train-b" }), connection)).toBe(text),
  );

  it("uses the environment's name if it has one", () =>
    expect(planText(environment({ displayName: "Night\nrun" }), { nodePoolId: "p" })).toBe(
      "Night run → p, 1 rank",
    ));
});

describe("connectionOf", () => {
  it.each<[LastConnection, object]>([
    [{ nodePoolId: "p" }, { nodePoolId: "p" }],
    [
      { nodePoolId: "p", numRanks: 2, useLocalStorage: false, accepted: { grows: true } },
      { nodePoolId: "p", numRanks: 2 },
    ],
    [
      { nodePoolId: "p", role, useLocalStorage: true },
      { nodePoolId: "p", role, useLocalStorage: true },
    ],
  ])("of %j contains only what was set", (last, sent) => expect(connectionOf(last)).toEqual(sent));
});

describe("acceptedRisks", () => {
  const connection = { nodePoolId: "h100", zone: "us-east-1a" };
  const pool: NodePoolInfo = {
    nodePoolId: "h100",
    state: "READY",
    zone: "us-east-1a",
    freeRanks: 8,
    ceilingRanks: 9,
  };

  it.each<[string, Partial<NodePoolInfo>, number, boolean, Accepted]>([
    ["empty if nothing had to be accepted", {}, 8, false, {}],
    ["that it scales up", {}, 9, false, { grows: true }],
    ["empty if there isn't enough capacity", {}, 10, false, {}],
    [
      "the two zones",
      { zone: "us-west-2b" },
      1,
      false,
      { zones: { volume: "us-east-1a", pool: "us-west-2b" } },
    ],
    ["that the role was listed", {}, 1, true, { roleListed: true }],
  ])("is %s", (_, more, numRanks, roleListed, accepted) =>
    expect(
      acceptedRisks({
        environment: environment({ state: "DISCONNECTED", connection }),
        pool: { ...pool, ...more },
        requested: { nodePoolId: "h100", numRanks },
        roleListed,
      }),
    ).toEqual(accepted),
  );
});
