import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import type { ConnectionInfo, EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import type { LastConnection } from "../../state/memory.js";
import { asLastTime, newRisks } from "./asLastTime.js";

const role = "arn:aws:iam::123456789012:role/trainer";
const last: LastConnection = { nodePoolId: "h100", numRanks: 8 };
const ready: NodePoolInfo = {
  nodePoolId: "h100",
  state: "READY",
  zone: "us-east-1a",
  freeRanks: 8,
  ceilingRanks: 16,
};
const connection: ConnectionInfo = { nodePoolId: "h100", numRanks: 8, zone: "us-east-1a" };
const rested = environment({ state: "DISCONNECTED", connection });

interface Row {
  readonly last?: LastConnection;
  readonly environment?: EnvironmentInfo;
  readonly pool?: Partial<NodePoolInfo> | null;
  readonly roles?: readonly string[];
}

const step = (row: Row) =>
  asLastTime(row.last ?? last, {
    environment: row.environment ?? rested,
    nodePools: row.pool === null ? [] : [{ ...ready, ...row.pool }],
    roles: row.roles,
  });

describe("asLastTime", () => {
  it.each<[string, Row]>([
    ["nothing has changed", {}],
    ["the free capacity is unknown", { pool: { freeRanks: undefined, ceilingRanks: undefined } as never }],
    ["the volume has no zone yet", { environment: environment({ state: "DISCONNECTED" }) }],
    ["the pool's zone is unknown", { pool: { zone: undefined } as never }],
    [
      "it had to scale up last time too",
      { last: { ...last, accepted: { grows: true } }, pool: { freeRanks: 0 } },
    ],
    [
      "it used that other zone last time too",
      {
        last: { ...last, accepted: { zones: { volume: "us-east-1a", pool: "us-west-2b" } } },
        pool: { zone: "us-west-2b" },
      },
    ],
    ["the role is still listed", { last: { ...last, role, accepted: { roleListed: true } }, roles: [role] }],
    ["the role was entered and never listed", { last: { ...last, role }, roles: [] }],
    ["the roles can't be read", { last: { ...last, role, accepted: { roleListed: true } } }],
    // The gateway reports what it can't do better than this process could guess.
    ["another change is in progress", { environment: environment({ state: "CONNECTING", connection }) }],
  ])("sends at once if %s", (_, row) => expect(step(row).next).toBe("send"));

  it.each<[string, Row, RegExp]>([
    ["less capacity is free", { pool: { freeRanks: 7 } }, /^Only 7 free now\. The node pool must scale up/],
    [
      "even a scaled-up pool doesn't have the capacity",
      { pool: { freeRanks: 0, ceilingRanks: 4 } },
      /known maximum of 4/,
    ],
    [
      "there isn't enough capacity, whatever was accepted",
      { last: { ...last, accepted: { grows: true } }, pool: { freeRanks: 0, ceilingRanks: 4 } },
      /known maximum of 4/,
    ],
    [
      "the pool is in another zone",
      { pool: { zone: "us-west-2b" } },
      /volume is in zone us-east-1a, but the node pool is in zone us-west-2b\. Moving data between zones is slow/,
    ],
    [
      "the volume has moved to a third zone",
      {
        last: { ...last, accepted: { zones: { volume: "us-east-1b", pool: "us-west-2b" } } },
        pool: { zone: "us-west-2b" },
      },
      /us-east-1a.*us-west-2b/,
    ],
    [
      "the role is no longer listed",
      { last: { ...last, role, accepted: { roleListed: true } }, roles: [] },
      /no longer lists the role arn:aws:iam::123456789012:role\/trainer/,
    ],
    [
      "it's connected to another node pool",
      {
        environment: environment({
          state: "CONNECTED",
          connection: { ...connection, nodePoolId: "a100" },
        }),
      },
      /^It's connected to a100 now\. Anything running in it will be interrupted\.$/,
    ],
    [
      "it's connected with other ranks",
      { environment: environment({ state: "CONNECTED", connection: { ...connection, numRanks: 4 } }) },
      /connected to h100 now/,
    ],
  ])("asks if %s", (_, row, because) => {
    const answer = step(row);
    expect(answer.next).toBe("ask");
    expect("because" in answer && answer.because).toEqual([expect.stringMatching(because)]);
  });

  it("asks about everything at once", () => {
    const answer = step({
      last: { ...last, role, accepted: { roleListed: true } },
      pool: { zone: "us-west-2b", freeRanks: 0 },
      roles: [],
    });
    expect("because" in answer && answer.because).toHaveLength(3);
  });

  it.each<[string, Row, string]>([
    ["the pool is gone", { pool: null }, "h100 no longer exists."],
    ["the pool isn't ready", { pool: { state: "CREATING" } }, "h100 can't be used. State: CREATING"],
    [
      "the pool has failed",
      { pool: { state: "FAILED", status: { code: "INTERNAL", message: "No subnet." } } },
      "h100 can't be used. State: FAILED: No subnet.",
    ],
  ])("lets the user choose again if %s", (_, row, because) =>
    expect(step(row)).toEqual({ next: "choose", because }),
  );

  it.each<[string, LastConnection, ConnectionInfo]>([
    ["so", last, connection],
    ["with one rank by default", { nodePoolId: "h100" }, { nodePoolId: "h100", numRanks: 1 }],
    ["with the node pool's default role", last, { ...connection, role }],
    ["with the role", { ...last, role }, { ...connection, role }],
    ["with local storage", { ...last, useLocalStorage: true }, { ...connection, useLocalStorage: true }],
    ["without local storage", { ...last, useLocalStorage: false }, connection],
  ])("does nothing if it's already connected %s", (_, last, connection) =>
    expect(
      step({ last, environment: environment({ state: "CONNECTED", connection }), pool: null }).next,
    ).toBe("nothing"),
  );

  it.each<[string, LastConnection, Partial<ConnectionInfo>]>([
    ["node pool", last, { nodePoolId: "a100" }],
    ["number of ranks", last, { numRanks: 4 }],
    ["role", { ...last, role }, { role: `${role}-other` }],
    ["storage setting (local requested)", { ...last, useLocalStorage: true }, { useLocalStorage: false }],
    ["storage setting (local not requested)", last, { useLocalStorage: true }],
  ])("asks if it's already connected with a different %s", (_, last, other) =>
    expect(
      step({
        last,
        environment: environment({ state: "CONNECTED", connection: { ...connection, ...other } }),
      }).next,
    ).toBe("ask"),
  );

  it("plans only what was requested last time", () => {
    const answer = step({ last: { ...last, role, useLocalStorage: true, accepted: { roleListed: true } } });
    expect("plan" in answer && answer.plan).toEqual({
      environment: rested,
      pool: ready,
      requested: { nodePoolId: "h100", numRanks: 8, role, useLocalStorage: true },
      roleListed: true,
    });
  });
});

describe("newRisks", () => {
  const plan = {
    environment: rested,
    pool: ready,
    requested: { nodePoolId: "h100", numRanks: 8 },
    roleListed: false,
  };

  it("ignores what the user just chose", () =>
    expect(newRisks({ ...plan, pool: { ...ready, freeRanks: 0, ceilingRanks: 1 } }, undefined)).toEqual([]));

  it("includes a running environment and another zone", () => {
    const running = environment({ state: "CONNECTED", connection });
    const pool = { ...ready, zone: "us-west-2b" };
    expect(newRisks({ ...plan, environment: running, pool }, undefined)).toEqual([
      expect.stringContaining("interrupted"),
      expect.stringContaining("us-west-2b"),
    ]);
  });

  it("includes the zones once", () => {
    const pool = { ...ready, zone: "us-west-2b" };
    const zones = { volume: "us-east-1a", pool: "us-west-2b" };
    expect(newRisks({ ...plan, pool }, { zones })).toEqual([]);
    expect(newRisks({ ...plan, pool }, { zones: { ...zones, pool: "us-west-2c" } })).toHaveLength(1);
  });
});
