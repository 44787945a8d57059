import { describe, expect, it } from "vitest";
import { roomWait } from "../../test/views.js";
import type { AccountInfo, EnvironmentInfo } from "../protocol.g.js";
import { initialView, isGone, isSignedOut, nameOf, reduce, type View, type ViewAction } from "./view.js";

const trainer: EnvironmentInfo = {
  accountId: "acme",
  environmentId: "trainer",
  state: "CONNECTED",
  observedAt: "2026-11-22T05:00:00.000Z",
};
const account: AccountInfo = { accountId: "acme", keySource: "signIn" };
const after = (view: View, ...happenings: ViewAction[]) => happenings.reduce(reduce, view);
const about = { accountId: "acme", environmentId: "trainer" };
const unavailable = { code: 14, status: "UNAVAILABLE", message: "The gateway does not answer." };

/** A running server that has just described the selected environment. */
const known = after(
  initialView,
  { type: "server", state: "running" },
  { type: "account", account },
  { type: "selected", environment: trainer },
);

describe("a confirmed state", () => {
  it("comes from a running server", () => {
    expect(known).toMatchObject({ confirmed: true, environment: trainer, selection: about });
  });

  it("isn't one that's only remembered", () => {
    const restored = after(initialView, {
      type: "gateway",
      sandbox: false,
      selection: about,
      remembered: trainer,
    });
    expect(restored).toMatchObject({ confirmed: false, environment: trainer });
    expect(after(restored, { type: "server", state: "running" }).confirmed).toBe(false);
  });

  it.each(["stopped", "starting", "restarting", "failed"] as const)(
    "isn't confirmed when the server is %s",
    (state) => {
      expect(after(known, { type: "server", state })).toMatchObject({
        confirmed: false,
        environment: trainer,
      });
    },
  );

  it("isn't confirmed after its server has stopped", () => {
    const crashed = after(
      known,
      { type: "server", state: "restarting" },
      { type: "seen", environment: trainer },
    );
    expect(crashed.confirmed).toBe(false);
  });

  it("isn't confirmed after a crash until the gateway was asked again", () => {
    const restarted = after(
      known,
      { type: "server", state: "restarting" },
      { type: "server", state: "running" },
    );
    expect(restarted.confirmed).toBe(false);
    expect(after(restarted, { type: "seen", environment: trainer }).confirmed).toBe(true);
  });

  it("stays confirmed after one temporary failure, but not after a second one", () => {
    const problem: ViewAction = { type: "problem", ...about, problem: unavailable };
    const once = after(known, problem);
    expect(once).toMatchObject({ confirmed: true, environment: trainer, problem: unavailable, misses: 1 });
    const twice = after(once, problem);
    expect(twice).toMatchObject({ confirmed: false, environment: trainer, problem: unavailable, misses: 2 });
    for (const withProblem of [once, twice]) {
      const well = after(withProblem, { type: "seen", environment: trainer });
      expect(well).toMatchObject({ confirmed: true, problem: undefined, misses: 0 });
    }
  });

  it.each([5, 7, 9, 12, 16])("isn't confirmed after a rejection with code %i", (code) => {
    const problem = { code, status: "", message: "No." };
    expect(after(known, { type: "problem", ...about, problem }).confirmed).toBe(false);
  });

  it("isn't confirmed after a sign-out", () => {
    expect(after(known, { type: "account", account: null }).confirmed).toBe(false);
  });
});

describe("an environment", () => {
  it("that isn't selected changes nothing", () => {
    const other = { ...trainer, environmentId: "other" };
    expect(after(known, { type: "seen", environment: other })).toBe(known);
    expect(
      after(known, { type: "recalled", environment: { ...other, observedAt: "2027-01-01T00:00:00Z" } }),
    ).toBe(known);
    expect(
      after(known, { type: "problem", accountId: "other", environmentId: "trainer", problem: unavailable }),
    ).toBe(known);
  });

  it("in an error counts only if it's newer", () => {
    const older = { ...trainer, state: "DISCONNECTED", observedAt: "2026-11-22T04:59:59.999Z" };
    const newer = { ...trainer, state: "DISCONNECTED", observedAt: "2026-11-22T05:00:00.001Z" };
    expect(after(known, { type: "recalled", environment: older })).toBe(known);
    expect(after(known, { type: "recalled", environment: newer }).environment).toBe(newer);
    expect(
      after(known, { type: "recalled", environment: { ...newer, observedAt: trainer.observedAt } }),
    ).toBe(known);
  });

  it("keeps stateSince while nothing has changed", () => {
    const updateTime = "2026-11-22T04:00:00Z";
    const stateSince = "2026-11-22T04:00:01Z";
    const before = after(known, { type: "seen", environment: { ...trainer, updateTime, stateSince } });
    const since = (environment: EnvironmentInfo) =>
      after(before, { type: "seen", environment }).environment?.stateSince;
    expect(since({ ...trainer, updateTime })).toBe(stateSince);
    expect(since({ ...trainer, updateTime, stateSince: "2026-11-22T04:00:02Z" })).toBe(
      "2026-11-22T04:00:02Z",
    );
    expect(since({ ...trainer, updateTime: "2026-11-22T04:30:00Z" })).toBeUndefined();
    expect(since({ ...trainer, updateTime, state: "DISCONNECTED" })).toBeUndefined();
    expect(since(trainer)).toBeUndefined();
  });

  it("that the gateway doesn't know is gone", () => {
    const notFound = { code: 5, status: "NOT_FOUND", message: "There is no such environment." };
    expect(isGone(after(known, { type: "problem", ...about, problem: notFound }))).toBe(true);
    expect(isGone(known)).toBe(false);
  });

  it("isn't kept for another gateway", () => {
    expect(after(known, { type: "gateway", sandbox: true })).toEqual({
      ...initialView,
      server: "running",
      sandbox: true,
    });
  });
});

describe("a failed change", () => {
  const failed = after(known, { type: "changeFailed", environment: about, message: "No snapshot." });

  it("stays until the environment changes, is changed, or isn't selected any longer", () => {
    expect(failed.failedChange).toEqual({ message: "No snapshot.", state: "CONNECTED" });
    const later: ViewAction[] = [
      { type: "seen", environment: trainer },
      { type: "problem", ...about, problem: unavailable },
      { type: "server", state: "restarting" },
      { type: "selected", environment: trainer },
      { type: "changing", environment: { ...about, environmentId: "other" } },
    ];
    expect(after(failed, ...later).failedChange).toEqual(failed.failedChange);
  });

  it.each<ViewAction>([
    { type: "changing", environment: about },
    { type: "seen", environment: { ...trainer, state: "DISCONNECTED" } },
    { type: "selected", environment: { ...trainer, environmentId: "other" } },
    { type: "selected", environment: undefined },
    { type: "gateway", sandbox: true },
  ])("is over after %j", (action) => {
    expect(after(failed, action).failedChange).toBeUndefined();
  });

  it("of another environment isn't shown", () => {
    const environment = { ...about, environmentId: "other" };
    expect(after(known, { type: "changeFailed", environment, message: "No." })).toBe(known);
  });
});

describe("a planned disconnect", () => {
  const plan = { isUnwatched: false };
  const connecting = { ...trainer, state: "CONNECTING" };
  const planned = after(
    known,
    { type: "seen", environment: connecting },
    { type: "disconnectPlanned", environment: about, plan },
  );

  it("stays while its environment is being connected, and once it's connected", () => {
    const later: ViewAction[] = [
      { type: "seen", environment: connecting },
      { type: "problem", ...about, problem: unavailable },
      { type: "account", account: null },
      { type: "selected", environment: connecting },
      { type: "seen", environment: trainer },
    ];
    expect(after(planned, ...later).plannedDisconnect).toEqual(plan);
  });

  it("is unwatched after its server has stopped, until the connect is seen in progress", () => {
    const restarted = after(
      planned,
      { type: "server", state: "restarting" },
      { type: "server", state: "running" },
    );
    expect(restarted.plannedDisconnect).toEqual({ isUnwatched: true });
    expect(after(restarted, { type: "seen", environment: trainer }).plannedDisconnect).toEqual({
      isUnwatched: true,
    });
    expect(after(restarted, { type: "seen", environment: connecting }).plannedDisconnect).toEqual(plan);
  });

  it.each<ViewAction>([
    { type: "disconnectPlanned", environment: about, plan: undefined },
    { type: "seen", environment: { ...trainer, state: "DISCONNECTED" } },
    { type: "selected", environment: { ...connecting, environmentId: "other" } },
    { type: "selected", environment: undefined },
    { type: "gateway", sandbox: true },
    { type: "problem", ...about, problem: { code: 5, status: "NOT_FOUND", message: "There is none." } },
  ])("is dropped after %j", (action) => {
    expect(after(planned, action).plannedDisconnect).toBeUndefined();
  });
});

describe("a wait for room", () => {
  const wait = roomWait({ environment: trainer });
  const waiting = after(known, { type: "waitingForRoom", environment: about, wait });
  const stopped = after(waiting, { type: "server", state: "stopped" });

  it("stays while it goes on, whatever is reported", () => {
    const later: ViewAction[] = [
      { type: "changing", environment: about },
      { type: "problem", ...about, problem: unavailable },
      { type: "seen", environment: { ...trainer, state: "CONNECTING" } },
    ];
    expect(after(waiting, ...later).roomWait).toEqual(wait);
  });

  it("is stopped with its server, and can be resumed while its environment is in the same state", () => {
    expect(stopped.roomWait).toEqual({ ...wait, isStopped: true });
    const later: ViewAction[] = [
      { type: "server", state: "running" },
      { type: "seen", environment: trainer },
      { type: "changing", environment: { ...about, environmentId: "other" } },
    ];
    expect(after(stopped, ...later).roomWait).toEqual(stopped.roomWait);
  });

  it.each<ViewAction>([
    { type: "changing", environment: about },
    { type: "seen", environment: { ...trainer, state: "CONNECTING" } },
    { type: "selected", environment: { ...trainer, environmentId: "other" } },
    { type: "waitingForRoom", environment: about, wait: undefined },
    { type: "gateway", sandbox: true },
    { type: "problem", ...about, problem: { code: 5, status: "NOT_FOUND", message: "There is none." } },
  ])("that's stopped is dropped after %j", (action) => {
    expect(after(stopped, action).roomWait).toBeUndefined();
  });

  it("of another environment isn't shown", () => {
    const environment = { ...about, environmentId: "other" };
    expect(after(known, { type: "waitingForRoom", environment, wait })).toBe(known);
  });
});

describe("each action changes only its part", () => {
  const refusal = { code: 16, status: "UNAUTHENTICATED", message: "The key is not accepted." };
  const other: EnvironmentInfo = { ...trainer, environmentId: "other", displayName: "Other" };
  /** A view in which every member differs from the initial one. */
  const full: View = {
    server: "running",
    sandbox: true,
    account,
    selection: about,
    environment: trainer,
    confirmed: true,
    problem: unavailable,
    misses: 1,
    failedChange: { message: "No.", state: "CONNECTED" },
    plannedDisconnect: { isUnwatched: false },
    roomWait: roomWait({ environment: trainer }),
  };

  it.each<[string, View, ViewAction, Partial<View>]>([
    [
      "the server runs",
      { ...full, server: "starting" },
      { type: "server", state: "running" },
      { server: "running" },
    ],
    [
      "the server stops",
      full,
      { type: "server", state: "stopped" },
      {
        server: "stopped",
        account: undefined,
        confirmed: false,
        problem: undefined,
        misses: 0,
        plannedDisconnect: { isUnwatched: true },
        roomWait: roomWait({ environment: trainer, isStopped: true }),
      },
    ],
    ["signed out", full, { type: "account", account: null }, { account: null, confirmed: false }],
    [
      "another account",
      full,
      { type: "account", account: { ...account, accountId: "b" } },
      { account: { ...account, accountId: "b" } },
    ],
    ["account unknown", full, { type: "account", account: undefined }, { account: undefined }],
    [
      "signed in again",
      { ...full, account: null },
      { type: "account", account },
      { account, problem: undefined, misses: 0 },
    ],
    [
      "signed in after the key was refused",
      { ...full, problem: refusal },
      { type: "account", account },
      { problem: undefined, misses: 0 },
    ],
    [
      "none is selected",
      full,
      { type: "selected", environment: undefined },
      {
        selection: undefined,
        environment: undefined,
        confirmed: false,
        problem: undefined,
        misses: 0,
        failedChange: undefined,
        plannedDisconnect: undefined,
        roomWait: undefined,
      },
    ],
    [
      "another one is selected",
      full,
      { type: "selected", environment: other },
      {
        selection: { accountId: "acme", environmentId: "other", displayName: "Other" },
        environment: other,
        problem: undefined,
        misses: 0,
        failedChange: undefined,
        plannedDisconnect: undefined,
        roomWait: undefined,
      },
    ],
    [
      "another gateway",
      full,
      { type: "gateway", sandbox: false, selection: about, remembered: other },
      { ...initialView, server: "running", selection: about, environment: other },
    ],
  ])("%s", (_, view, action, changed) => {
    expect(after(view, action)).toEqual({ ...view, ...changed });
  });

  it.each(["environmentId", "accountId"] as const)("one with another %s is another environment", (id) => {
    expect(after(full, { type: "seen", environment: { ...trainer, [id]: "x" } })).toBe(full);
  });
});

it.each([
  ["Trainer", "Trainer"],
  ["", "trainer"],
  [undefined, "trainer"],
])("an environment called %j is shown as %s", (displayName, shown) => {
  expect(nameOf({ environmentId: "trainer", displayName })).toBe(shown);
});

describe("isSignedOut", () => {
  it("is true without a key, or if the gateway rejects it", () => {
    expect(isSignedOut(after(known, { type: "account", account: null }))).toBe(true);
    const refused = { code: 16, status: "UNAUTHENTICATED", message: "The key is not accepted." };
    const revoked = after(known, { type: "problem", ...about, problem: refused });
    expect(isSignedOut(revoked)).toBe(true);
    expect(isSignedOut(after(revoked, { type: "account", account }))).toBe(false);
  });

  it("is false if it isn't known yet", () => {
    expect(isSignedOut(initialView)).toBe(false);
  });
});
