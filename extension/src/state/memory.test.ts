import { describe, expect, it } from "vitest";
import type { EnvironmentInfo } from "../protocol.g.js";
import type { EndChoice } from "./ends.js";
import type { FolderChoice } from "./folderChoice.js";
import { type ChoiceFile, Memory } from "./memory.js";
import { Store } from "./store.js";

class FakeMemento {
  readonly kept = new Map<string, unknown>();

  get<T>(key: string): T | undefined {
    // Values go through JSON, as in VS Code.
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

/** The file of one folder. */
class FakeFile implements ChoiceFile {
  kept: FolderChoice | undefined;
  error: Error | undefined;
  writes = 0;

  read = () => this.kept;
  change = async (part: FolderChoice, otherwise: FolderChoice) => {
    this.writes++;
    if (this.error) throw this.error;
    this.kept = { ...(this.kept ?? otherwise), ...part };
  };
}

/** The state that windows of one folder share. Each has its own copy of workspaceState, as in VS Code. */
interface Shared {
  readonly file?: FakeFile;
  readonly workspace?: FakeMemento;
  readonly person?: FakeMemento;
}

function window({
  file = new FakeFile(),
  workspace = new FakeMemento(),
  person = new FakeMemento(),
}: Shared = {}) {
  const logged: string[] = [];
  const setting: { end: EndChoice } = { end: "none" };
  const memory = new Memory(
    file,
    workspace,
    person,
    () => setting.end,
    (line) => logged.push(line),
  );
  const store = new Store();
  memory.restore(store);
  memory.follow(store);
  return { memory, store, file, workspace, person, setting, logged };
}

describe("Memory", () => {
  it("restores the last known state as outdated", () => {
    const before = window();
    before.store.dispatch({ type: "server", state: "running" });
    before.store.dispatch({ type: "selected", environment: trainer });
    const { view } = window(before).store;
    expect(view).toMatchObject({ environment: trainer, confirmed: false, server: "stopped", sandbox: false });
    expect(view.selection).toEqual({ accountId: "acme", environmentId: "trainer", displayName: "Trainer" });
  });

  it("restores a planned disconnect, which nobody has watched meanwhile", () => {
    const before = window();
    before.store.dispatch({ type: "selected", environment: { ...trainer, state: "CONNECTING" } });
    before.store.dispatch({ type: "disconnectPlanned", environment: trainer, plan: { isUnwatched: false } });
    expect(window(before).store.view.plannedDisconnect).toEqual({ isUnwatched: true });
    before.store.dispatch({ type: "disconnectPlanned", environment: trainer, plan: undefined });
    expect(window(before).store.view.plannedDisconnect).toBeUndefined();
  });

  it("forgets an environment that's no longer selected", () => {
    const before = window();
    const { store } = before;
    store.dispatch({ type: "selected", environment: trainer });
    store.dispatch({ type: "selected", environment: undefined });
    expect(window(before).store.view.selection).toBeUndefined();
  });

  it("keeps the sandbox separate", async () => {
    const before = window();
    const { memory, store } = before;
    store.dispatch({ type: "selected", environment: trainer });
    await memory.setSandbox(true);
    memory.restore(store);
    expect(store.view).toMatchObject({ sandbox: true, selection: undefined, environment: undefined });
    store.dispatch({ type: "selected", environment: { ...trainer, environmentId: "toy" } });
    expect(window(before).store.view).toMatchObject({
      sandbox: true,
      environment: { environmentId: "toy" },
    });
    await memory.setSandbox(false);
    memory.restore(store);
    expect(store.view).toMatchObject({ sandbox: false, environment: trainer });
  });

  it("keeps the last connection of an environment for every workspace, with and without the sandbox", async () => {
    const { memory, person } = window();
    await memory.setLastConnection(trainer, { nodePoolId: "h100", numRanks: 8, end: "none" });
    const elsewhere = window({ person }).memory;
    expect(elsewhere.lastConnection(trainer)).toEqual({ nodePoolId: "h100", numRanks: 8, end: "none" });
    await elsewhere.setSandbox(true);
    expect(elsewhere.lastConnection(trainer)).toBeUndefined();
  });

  it("keeps the end of a connection, and follows the setting if it's the default one", async () => {
    const { memory, setting } = window();
    const ending = (end: EndChoice) => memory.setLastConnection(trainer, { nodePoolId: "p", end });
    setting.end = { durationSeconds: 28_800 };
    expect(memory.endOf(trainer), "never connected").toEqual({ durationSeconds: 28_800 });
    await ending({ durationSeconds: 28_800 });
    setting.end = { timeOfDay: "18:30" };
    expect(memory.endOf(trainer)).toEqual({ timeOfDay: "18:30" });
    await ending("none");
    expect(memory.lastConnection(trainer)?.end).toBe("none");
    await ending({ durationSeconds: 3_600 });
    setting.end = "none";
    expect(memory.endOf(trainer)).toEqual({ durationSeconds: 3_600 });
  });

  it("returns the environments of an account that were connected, the latest first", async () => {
    const { memory } = window();
    for (const [accountId, environmentId] of [
      ["acme", "a"],
      ["acme", "b"],
      ["acme-2", "c"],
      ["acme", "a"],
    ] as const)
      await memory.setLastConnection({ accountId, environmentId }, { nodePoolId: "p", end: "none" });
    expect(memory.recentEnvironments("acme")).toEqual(["a", "b"]);
    await memory.setSandbox(true);
    expect(memory.recentEnvironments("acme")).toEqual([]);
  });

  it("keeps the latest ones, up to a maximum", async () => {
    const { memory } = window();
    const environment = (n: number) => ({ accountId: "acme", environmentId: `e${n}` });
    for (let n = 0; n < 60; n++)
      await memory.setLastConnection(environment(n), { nodePoolId: "p", numRanks: n + 1, end: "none" });
    await memory.setLastConnection(environment(11), { nodePoolId: "q", end: "none" });
    expect(memory.lastConnection(environment(9))).toBeUndefined();
    expect(memory.lastConnection(environment(10))?.numRanks).toBe(11);
    expect(memory.lastConnection(environment(11))).toEqual({ nodePoolId: "q", end: "none" });
    expect(memory.lastConnection(environment(59))?.numRanks).toBe(60);
  });

  describe("in two windows of one folder", () => {
    const file = () => new FakeFile();
    const night = { ...trainer, environmentId: "night" };

    it("keeps each window's sandbox setting", async () => {
      const shared = { file: file() };
      const [first, second] = [window(shared), window(shared)];
      second.store.dispatch({ type: "selected", environment: trainer });
      await first.memory.setSandbox(true);
      first.memory.restore(first.store);
      second.store.dispatch({ type: "seen", environment: { ...trainer, state: "DISCONNECTED" } });
      second.store.dispatch({ type: "selected", environment: night });
      expect([second.memory.sandbox, second.store.view.sandbox]).toEqual([false, false]);
      expect(window({ ...shared, workspace: first.workspace }).store.view.sandbox).toBe(true);
      expect(shared.file.kept?.environment?.environmentId).toBe("night");
    });

    it("keeps each window's account and environment until a reload", async () => {
      const shared = { file: file() };
      const [first, second] = [window(shared), window(shared)];
      first.store.dispatch({ type: "selected", environment: trainer });
      await first.memory.setAccount("acme");
      second.store.dispatch({ type: "selected", environment: night });
      await second.memory.setAccount("globex");
      expect([first, second].map(({ memory }) => memory.account)).toEqual(["acme", "globex"]);
      expect(first.store.view.selection?.environmentId).toBe("trainer");
      const loaded = window({ ...shared, workspace: first.workspace });
      expect([loaded.memory.account, loaded.store.view.selection?.environmentId]).toEqual([
        "globex",
        "night",
      ]);
      expect(loaded.store.view.environment, "what another window saw is not known here").toBeUndefined();
      expect(first.memory.chosenLast).toEqual(second.memory.choice);
    });

    it("writes only what the user chose", () => {
      const shared = { file: file() };
      const { store } = window(shared);
      store.dispatch({ type: "selected", environment: trainer });
      for (const state of ["DISCONNECTING", "DISCONNECTED"])
        store.dispatch({ type: "seen", environment: { ...trainer, state, displayName: state } });
      store.dispatch({ type: "server", state: "running" });
      expect(shared.file.writes).toBe(1);
    });
  });

  it("migrates the choice from workspaceState once", async () => {
    const workspace = new FakeMemento();
    for (const [key, value] of Object.entries({
      sandbox: true,
      account: "acme",
      environment: { selection: trainer, environment: trainer },
      "environment.sandbox": { selection: { ...trainer, environmentId: "toy" } },
    }))
      await workspace.update(key, value);
    const before = window({ workspace });
    expect(before.store.view).toMatchObject({ sandbox: true, selection: { environmentId: "toy" } });
    expect([before.memory.account, before.file.writes]).toEqual(["acme", 0]);
    await before.memory.setSandbox(false);
    before.memory.restore(before.store);
    expect(before.store.view).toMatchObject({ sandbox: false, environment: trainer });
    // The old values still exist but no longer count.
    const { memory, store } = window(before);
    expect([memory.sandbox, memory.account, store.view.selection?.environmentId]).toEqual([
      false,
      "acme",
      "trainer",
    ]);
  });

  it("logs that a connection can't be saved", async () => {
    const person = new FakeMemento();
    person.update = async () => {
      throw new Error("no space left");
    };
    const { memory, logged } = window({ person });
    await memory.setLastConnection(trainer, { nodePoolId: "p", end: "none" });
    expect(logged).toEqual(["Couldn't save the connection: no space left"]);
  });

  it("applies a choice that can't be saved, and logs the error", async () => {
    const file = new FakeFile();
    file.error = new Error("EROFS: read-only file system");
    const { memory, logged } = window({ file });
    await memory.setSandbox(true);
    expect(memory.sandbox).toBe(true);
    expect(logged).toEqual(["Couldn't save the selection: EROFS: read-only file system"]);
  });
});
