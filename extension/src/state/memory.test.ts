import { describe, expect, it } from "vitest";
import type { EnvironmentInfo } from "../protocol.g.js";
import { Memory } from "./memory.js";
import { Store } from "./store.js";

class FakeMemento {
  readonly kept = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    // What is kept goes through JSON, as in VS Code.
    const value = this.kept.get(key);
    return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.kept.delete(key);
    else this.kept.set(key, value);
  }
}

const trainer: EnvironmentInfo = {
  accountId: "acme",
  environmentId: "trainer",
  displayName: "Trainer",
  state: "CONNECTED",
  observedAt: "2026-11-22T05:00:00.000Z",
};

function window(workspace = new FakeMemento(), person = new FakeMemento()) {
  const memory = new Memory(workspace, person);
  const store = new Store();
  memory.restore(store);
  memory.follow(store);
  return { memory, store, workspace, person };
}

describe("Memory", () => {
  it("shows after a reload what was known last, as old", () => {
    const before = window();
    before.store.dispatch({ type: "server", state: "running" });
    before.store.dispatch({ type: "selected", environment: trainer });
    const { view } = window(before.workspace).store;
    expect(view).toMatchObject({ environment: trainer, confirmed: false, server: "stopped", sandbox: false });
    expect(view.selection).toEqual({ accountId: "acme", environmentId: "trainer", displayName: "Trainer" });
  });

  it("forgets an environment that is not selected any more", () => {
    const { store, workspace } = window();
    store.dispatch({ type: "selected", environment: trainer });
    store.dispatch({ type: "selected", environment: undefined });
    expect(window(workspace).store.view.selection).toBeUndefined();
  });

  it("keeps the sandbox apart, and finds the real environment again", async () => {
    const { memory, store, workspace } = window();
    store.dispatch({ type: "selected", environment: trainer });
    await memory.setSandbox(true);
    memory.restore(store);
    expect(store.view).toMatchObject({ sandbox: true, selection: undefined, environment: undefined });
    store.dispatch({ type: "selected", environment: { ...trainer, environmentId: "toy" } });
    expect(window(workspace).store.view).toMatchObject({
      sandbox: true,
      environment: { environmentId: "toy" },
    });
    await memory.setSandbox(false);
    memory.restore(store);
    expect(store.view).toMatchObject({ sandbox: false, environment: trainer });
  });

  it("keeps how an environment was last connected, for every workspace, sandbox or not", async () => {
    const { memory, person } = window();
    await memory.setLastConnection(trainer, { nodePoolId: "h100", numRanks: 8 });
    const elsewhere = window(new FakeMemento(), person).memory;
    expect(elsewhere.lastConnection(trainer)).toEqual({ nodePoolId: "h100", numRanks: 8 });
    await elsewhere.setSandbox(true);
    expect(elsewhere.lastConnection(trainer)).toBeUndefined();
  });

  it("knows which environments of an account were connected, the latest first", async () => {
    const { memory } = window();
    for (const [accountId, environmentId] of [
      ["acme", "a"],
      ["acme", "b"],
      ["acme-2", "c"],
      ["acme", "a"],
    ] as const)
      await memory.setLastConnection({ accountId, environmentId }, { nodePoolId: "p" });
    expect(memory.recentEnvironments("acme")).toEqual(["a", "b"]);
    await memory.setSandbox(true);
    expect(memory.recentEnvironments("acme")).toEqual([]);
  });

  it("keeps the newest of them, and not without end", async () => {
    const { memory } = window();
    const environment = (n: number) => ({ accountId: "acme", environmentId: `e${n}` });
    for (let n = 0; n < 60; n++)
      await memory.setLastConnection(environment(n), { nodePoolId: "p", numRanks: n + 1 });
    await memory.setLastConnection(environment(11), { nodePoolId: "q" });
    expect(memory.lastConnection(environment(9))).toBeUndefined();
    expect(memory.lastConnection(environment(10))?.numRanks).toBe(11);
    expect(memory.lastConnection(environment(11))).toEqual({ nodePoolId: "q" });
    expect(memory.lastConnection(environment(59))?.numRanks).toBe(60);
  });
});
