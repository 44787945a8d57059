import { describe, expect, it, vi } from "vitest";
import { sessionHarness } from "../../test/session.js";
import { account, environment } from "../../test/views.js";
import { freshness } from "../state/freshness.js";

const lost = { code: -32097, message: "Pending response rejected since connection got disposed" };
const unavailable = { code: 14, message: "The gateway does not answer." };
const about = { accountId: "acme", environmentId: "trainer" };

describe("a new server", () => {
  it("gets the stored key first, and then what to watch", async () => {
    const { session, asked, methods, store } = sessionHarness({}, { key: "fw_test_0123456789" });
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ask("getEnvironment", about);
    expect(asked[0]).toEqual(["signIn", { apiKey: "fw_test_0123456789", accountId: "acme" }]);
    expect(methods().slice(1).sort()).toEqual(["getEnvironment", "watchEnvironments"]);
    expect(store.view).toMatchObject({ account, confirmed: true });
  });

  it("is asked for its own account if no key is stored", async () => {
    const own = { accountId: "acme", keySource: "environment", keyOrigin: "FIREWORKS_API_KEY" };
    const { session, methods, store } = sessionHarness({ getAccount: () => own });
    await session.ensureReady();
    expect(methods()).not.toContain("signIn");
    expect(store.view.account).toEqual(own);
  });

  it("doesn't get the stored key in the sandbox", async () => {
    const { session, methods } = sessionHarness({}, { key: "fw_test_0123456789", sandbox: true });
    await session.ensureReady();
    expect(methods()).not.toContain("signIn");
  });

  it("gets the key and the watch again after a crash", async () => {
    const { session, methods, store, crash } = sessionHarness({}, { key: "fw_test_0123456789" });
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ensureReady();
    await crash();
    await session.ensureReady();
    await Promise.resolve();
    expect(methods().filter((method) => method === "signIn")).toHaveLength(2);
    expect(methods().filter((method) => method === "watchEnvironments")).toHaveLength(2);
  });

  it("gets the key again later if the gateway couldn't be reached", async () => {
    let up = false;
    const signIn = () => {
      if (up) return account;
      throw unavailable;
    };
    const { session, store, methods } = sessionHarness({ signIn }, { key: "fw_test_0123456789" });
    await expect(session.ask("getEnvironment", about)).rejects.toBe(unavailable);
    expect(store.view.account).toBeUndefined();
    expect(methods()).not.toContain("watchEnvironments");
    up = true;
    await session.ask("getEnvironment", about);
    expect(store.view.account).toEqual(account);
    await session.ensureReady();
    expect(methods().filter((method) => method === "watchEnvironments")).toHaveLength(1);
  });
});

describe("a window that nobody can see", () => {
  it("watches nothing until it's visible again", async () => {
    const { session, said, credentials, store } = sessionHarness({}, { key: "fw_test_0123456789" });
    await session.ensureReady();
    session.select(environment());
    const [{ accountId, environmentId }] = [environment()];
    const watched = { environments: [{ environmentId, accountId }] };
    await vi.waitFor(() => expect(said("watchEnvironments").at(-1)).toEqual(watched));
    session.pauseWatching();
    session.pauseWatching();
    await vi.waitFor(() => expect(said("watchEnvironments").at(-1)).toEqual({ environments: [] }));
    const before = said("watchEnvironments").length;
    credentials.onChange.fire();
    await vi.waitFor(() => expect(said("watchEnvironments")).toHaveLength(before + 1));
    expect(said("watchEnvironments").at(-1)).toEqual({ environments: [] });
    expect(store.view.selection?.environmentId).toBe(environmentId);
    session.resumeWatching();
    session.resumeWatching();
    await vi.waitFor(() => expect(said("watchEnvironments")).toHaveLength(before + 2));
    expect(said("watchEnvironments").at(-1)).toEqual(watched);
  });
});

describe("a window", () => {
  const environments = [about];
  const begun = async () => {
    const test = sessionHarness({}, { key: "fw_test_0123456789" });
    test.store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await test.session.ensureReady();
    return test;
  };

  it("tells the server once when it loses the focus, and once when it gets it back", async () => {
    const { session, window, said } = await begun();
    for (const isFocused of [true, false, false, true, true]) {
      window.isFocused = isFocused;
      session.focusChanged();
    }
    const watched = [{ environments }, { environments, inBackground: true }, { environments }];
    expect(said("watchEnvironments")).toEqual(watched);
  });

  it("tells each new server", async () => {
    const { session, window, said, crash } = await begun();
    window.isFocused = false;
    await crash();
    await session.ensureReady();
    window.isFocused = true;
    session.focusChanged();
    expect(said("watchEnvironments").slice(1)).toEqual([
      { environments, inBackground: true },
      { environments },
    ]);
  });

  it("tells the server nothing if nothing is watched", async () => {
    const { session, window, said } = sessionHarness({}, { key: "fw_test_0123456789" });
    await session.ensureReady();
    const before = said("watchEnvironments").length;
    window.isFocused = false;
    session.focusChanged();
    expect(said("watchEnvironments")).toHaveLength(before);
  });
});

describe("other environments", () => {
  const others = ["a", "b"].map((environmentId) => ({ accountId: "acme", environmentId }));

  it("are watched besides the selected one, also by a new server, until they're replaced", async () => {
    const { session, said, crash } = sessionHarness({}, { key: "fw_test_0123456789" });
    await session.ensureReady();
    session.select(environment());
    session.watchOthers([...others, about, { accountId: "globex", environmentId: "c" }]);
    const watched = { environments: [about, ...others] };
    expect(said("watchEnvironments").at(-1)).toEqual(watched);
    const before = said("watchEnvironments").length;
    await crash();
    await session.ensureReady();
    await vi.waitFor(() => expect(said("watchEnvironments").length).toBeGreaterThan(before));
    expect(said("watchEnvironments").at(-1)).toEqual(watched);
    session.watchOthers([]);
    expect(said("watchEnvironments").at(-1)).toEqual({ environments: [about] });
  });

  it("are at most as many as the server watches", async () => {
    const { session, said } = sessionHarness({}, { key: "fw_test_0123456789" });
    await session.ensureReady();
    session.watchOthers(
      Array.from({ length: 1_001 }, (_, i) => ({ accountId: "acme", environmentId: `e-${i}` })),
    );
    expect((said("watchEnvironments").at(-1) as { environments: unknown[] }).environments).toHaveLength(
      1_000,
    );
  });

  it("don't start a server", () => {
    const { session, asked } = sessionHarness();
    session.watchOthers(others);
    expect(asked).toEqual([]);
  });
});

describe("a request", () => {
  it.each([
    "getEnvironment",
    "listEnvironments",
    "listNodePools",
    "listRoles",
    "planConnect",
    "getAccount",
  ] as const)("repeats %s when the server is lost", async (method) => {
    let times = 0;
    const test = sessionHarness({
      [method]: () => {
        if (times++ > 0) return { environment: environment(), environments: [] };
        void test.crash();
        throw lost;
      },
    });
    const params = { ...about, connection: { nodePoolId: "h100" } };
    expect(await test.session.ask(method, params)).toEqual({ environment: environment(), environments: [] });
  });

  it.each(["connect", "disconnect", "diagnose"] as const)("never repeats %s", async (method) => {
    const test = sessionHarness({
      [method]: () => {
        void test.crash();
        throw lost;
      },
    });
    const params = { ...about, connection: { nodePoolId: "h100" } };
    await expect(test.session.ask(method, params)).rejects.toBe(lost);
    await test.server.recovered();
    await test.session.ask("getEnvironment", about);
    expect(test.methods().filter((asked) => asked === method)).toHaveLength(1);
  });

  it("updates the store from a plan", async () => {
    const plan = {
      environment: environment({ state: "DISCONNECTED" }),
      nextStep: "connect",
      risks: [],
      acceptedRisks: {},
    };
    const { session, store } = sessionHarness({ planConnect: () => plan });
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ask("planConnect", { ...about, connection: { nodePoolId: "h100" } });
    expect(store.view.environment?.state).toBe("DISCONNECTED");
  });

  it("updates the store from the parts of a list", async () => {
    const part = { environments: [environment({ environmentId: "other" }), environment()] };
    const { session, store } = sessionHarness({
      listEnvironments: (_, options) => {
        options?.onPart?.(part);
        return { environments: [] };
      },
    });
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    const parts: unknown[] = [];
    await session.ask("listEnvironments", {}, { onPart: (some) => parts.push(some) });
    expect(parts).toEqual([part]);
    expect(store.view.environment).toEqual(environment());
  });

  it("updates the store from results, errors, and watched environments", async () => {
    const seen = (second: number, state: string) =>
      environment({ state, observedAt: `2026-11-22T05:00:0${second}Z` });
    const test = sessionHarness({
      listEnvironments: () => ({
        environments: [environment({ environmentId: "other" }), seen(1, "DISCONNECTED")],
      }),
      connect: () => {
        throw { code: 9, message: "It is busy.", data: { environment: seen(2, "CONNECTING") } };
      },
      disconnect: () => seen(4, "DISCONNECTED"),
    });
    const { session, store } = test;
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ask("listEnvironments", {});
    expect(store.view.environment).toEqual(seen(1, "DISCONNECTED"));
    await session.ask("connect", { ...about, connection: { nodePoolId: "h100" } }).catch(() => undefined);
    expect(store.view.environment).toEqual(seen(2, "CONNECTING"));
    test.hooks()?.environmentChanged({ ...about, environment: seen(3, "CONNECTED") });
    expect(store.view.environment).toEqual(seen(3, "CONNECTED"));
    await session.ask("disconnect", about);
    expect(store.view.environment).toEqual(seen(4, "DISCONNECTED"));
    const problem = { code: 14, status: "UNAVAILABLE", message: "No answer." };
    test.hooks()?.environmentChanged({ ...about, environment: seen(4, "DISCONNECTED"), problem });
    expect(store.view).toMatchObject({ misses: 1, problem });
  });

  it("is offline after two failed reads of a running change, and after its error", async () => {
    const problem = { code: 14, status: "UNAVAILABLE", message: "No answer." };
    const known = environment();
    const test = sessionHarness({
      disconnect: () => {
        for (let reads = 0; reads < 2; reads++)
          test.hooks()?.environmentChanged({ ...about, environment: known, problem });
        throw { code: 14, message: "Nothing was sent.", data: { outcome: "notApplied", environment: known } };
      },
    });
    const { session, store } = test;
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ensureReady();
    test.hooks()?.environmentChanged({ ...about, environment: known });
    const now = Date.parse(known.observedAt);
    expect(freshness(store.view, now)).toBe("present");
    await session.ask("disconnect", about).catch(() => undefined);
    expect(freshness(store.view, now)).toBe("offline");
  });
});
