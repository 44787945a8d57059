import { beforeEach, describe, expect, it } from "vitest";
import { account, environment } from "../../test/views.js";
import { EnvironmentViews } from "./environmentViews.js";
import { Store } from "./store.js";

let store: Store;
let views: EnvironmentViews;
let changed: (string | undefined)[];

beforeEach(() => {
  store = new Store();
  views = new EnvironmentViews(store);
  changed = [];
  views.onChange.listen((id) => changed.push(id));
  store.dispatch({ type: "server", state: "running" });
  store.dispatch({ type: "account", account });
  changed.length = 0;
});

const see = (environmentId: string, more = {}) =>
  store.dispatch({ type: "seen", environment: environment({ environmentId, ...more }) });
const unavailable = { code: 14, status: "UNAVAILABLE", message: "The gateway does not answer." };

describe("EnvironmentViews", () => {
  it("has each environment that was seen, as if it were selected", () => {
    see("a");
    see("b", { state: "DISCONNECTED" });
    expect(changed).toEqual(["a", "b"]);
    expect(views.ids).toEqual(["a", "b"]);
    expect(views.get("b")).toMatchObject({
      selection: { environmentId: "b" },
      environment: { state: "DISCONNECTED" },
      confirmed: true,
    });
    expect(store.view.selection).toBeUndefined();
  });

  it("follows what's reported about each", () => {
    see("a");
    see("b");
    changed.length = 0;
    see("a", { state: "DISCONNECTING" });
    for (let i = 0; i < 2; i++)
      store.dispatch({ type: "problem", accountId: "acme", environmentId: "b", problem: unavailable });
    expect(changed).toEqual(["a", "b", "b"]);
    expect(views.get("a")?.environment?.state).toBe("DISCONNECTING");
    expect(views.get("b")).toMatchObject({ confirmed: false, misses: 2 });
  });

  it("plans a disconnect only for the environment that it's about", () => {
    see("a", { state: "CONNECTING" });
    see("b", { state: "CONNECTING" });
    const about = { accountId: "acme", environmentId: "a" };
    store.dispatch({ type: "disconnectPlanned", environment: about, plan: { isUnwatched: false } });
    expect(views.get("a")?.plannedDisconnect).toEqual({ isUnwatched: false });
    expect(views.get("b")?.plannedDisconnect).toBeUndefined();
  });

  it("has the status bar's own view of the selected one", () => {
    store.dispatch({ type: "selected", environment: environment({ environmentId: "a" }) });
    expect(views.get("a")).toBe(store.view);
    expect(views.viewOf({ accountId: "acme", environmentId: "a" })).toBe(store.view);
    expect(changed).toEqual(["a", undefined]);
    store.dispatch({ type: "selected", environment: undefined });
    expect(views.get("a")).toMatchObject({ environment: { state: "CONNECTED" }, confirmed: true });
  });

  it("knows no environment of another account", () => {
    see("a", { accountId: "globex" });
    expect(views.ids).toEqual([]);
    see("a");
    expect(views.viewOf({ accountId: "globex", environmentId: "a" })).toBeUndefined();
  });

  it("confirms nothing after the server stops, and forgets nothing", () => {
    see("a");
    store.dispatch({ type: "server", state: "restarting" });
    expect(views.get("a")?.confirmed).toBe(false);
    store.dispatch({ type: "server", state: "running" });
    store.dispatch({ type: "account", account });
    see("a");
    expect(views.get("a")?.confirmed).toBe(true);
  });

  it.each([
    { type: "account", account: null },
    { type: "account", account: { ...account, accountId: "globex" } },
    { type: "gateway", sandbox: true },
  ] as const)("forgets all after %j", (action) => {
    see("a");
    changed.length = 0;
    store.dispatch(action);
    expect(views.ids).toEqual([]);
    expect(changed).toEqual([undefined]);
  });

  it("keeps what's in a list", () => {
    see("a");
    see("b");
    views.keepOnly(new Set(["b"]));
    expect(views.all.map(({ selection }) => selection?.environmentId)).toEqual(["b"]);
  });
});
