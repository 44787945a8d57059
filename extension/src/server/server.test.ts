import { describe, expect, it } from "vitest";
import { UserError } from "../errors/userError.js";
import type { InitializeResult } from "../protocol.g.js";
import type { Client, ClientHooks } from "./client.js";
import { RestartPolicy } from "./restartPolicy.js";
import { Server, type ServerState } from "./server.js";

const result: InitializeResult = {
  capabilities: {},
  serverInfo: { name: "companion-server", version: "0.1.0" },
  protocolVersion: "1.0",
  gateway: { url: "https://gateway.test", sandbox: false },
  unsettled: [],
};

/** A client whose process is controlled by the test. */
class FakeClient implements Client {
  stopped = false;

  constructor(
    readonly hooks: ClientHooks,
    readonly starting: (hooks: ClientHooks) => Promise<void>,
  ) {}

  start = () => this.starting(this.hooks);
  stop = async () => {
    this.stopped = true;
  };
  request = async () => null as never;
}

const startsWell = async (hooks: ClientHooks) => hooks.running(result);

function harness(starting: (hooks: ClientHooks) => Promise<void> = startsWell, delays: number[] = [5, 7]) {
  const clients: FakeClient[] = [];
  const states: ServerState[] = [];
  const waited: number[] = [];
  /** What the next start does. */
  const next = { starting };
  const server = new Server({
    createClient: async (hooks) => {
      const client = new FakeClient(hooks, next.starting);
      clients.push(client);
      return client;
    },
    initializationOptions: () => ({}),
    policy: new RestartPolicy(delays),
    now: () => 0,
    delay: (milliseconds, signal) => {
      if (signal) return new Promise(() => undefined); // the timeout of the start
      waited.push(milliseconds);
      return Promise.resolve();
    },
    log: () => undefined,
  });
  server.onState.listen((state) => states.push(state));
  const newest = () => {
    const client = clients.at(-1);
    if (!client) throw new Error("no client was made");
    return client;
  };
  return { server, clients, states, waited, next, newest };
}

describe("Server", () => {
  it("doesn't start on its own", () => {
    const { server, clients } = harness();
    expect([server.state, clients.length]).toEqual(["stopped", 0]);
  });

  it("starts once for all callers", async () => {
    const { server, clients, states } = harness();
    await Promise.all([server.ready(), server.ready(), server.ready()]);
    expect(clients).toHaveLength(1);
    expect(states).toEqual(["starting", "running"]);
    expect(server.gateway?.url).toBe("https://gateway.test");
    expect(server.generation).toBe(1);
  });

  it("reports a failed start to its caller, and starts again for the next one", async () => {
    const { server, clients, states, next } = harness(async () => {
      throw new Error("spawn EMFILE");
    });
    await expect(server.ready()).rejects.toThrow("Companion's server didn't start: spawn EMFILE");
    expect(clients[0]?.stopped).toBe(true);
    next.starting = startsWell;
    await server.ready();
    expect(states).toEqual(["starting", "failed", "starting", "running"]);
  });

  it("reports errors from the search for the program", async () => {
    const missing = new UserError("Install .NET.", ["getDotnet"]);
    const { server } = harness(() => Promise.reject(missing));
    await expect(server.ready()).rejects.toBe(missing);
  });

  it("explains a server that ends during startup", async () => {
    const { server } = harness(() => Promise.reject({ code: -32097, message: "Pending response rejected" }));
    await expect(server.ready()).rejects.toThrow("stopped while it was starting");
  });

  it("doesn't restart a server that ends during its first start", async () => {
    const { server, waited } = harness(async (hooks) => {
      expect(await hooks.closed()).toBe(false);
      throw new Error("gone");
    });
    await expect(server.ready()).rejects.toThrow("gone");
    expect(waited).toEqual([]);
  });

  it("lets the client restart after a crash with increasing delays, and then gives up", async () => {
    const { server, states, waited, newest } = harness();
    const gaveUp: string[] = [];
    server.onGaveUp.listen(({ message }) => gaveUp.push(message));
    await server.ready();
    for (const again of [true, true, false]) {
      expect(await newest().hooks.closed()).toBe(again);
      if (again) newest().hooks.running(result);
    }
    expect(waited).toEqual([5, 7]);
    expect(states).toEqual([
      "starting",
      "running",
      "restarting",
      "running",
      "restarting",
      "running",
      "failed",
    ]);
    expect(server.generation).toBe(3);
    expect(gaveUp).toHaveLength(1);
    expect(server.gateway).toBeUndefined();
  });

  it("lets callers continue after a crash", async () => {
    const { server, newest } = harness();
    await server.ready();
    const deciding = newest().hooks.closed();
    const waiting = [server.ready(), server.recovered()];
    await deciding;
    newest().hooks.running(result);
    await Promise.all(waiting);
  });

  it("rejects waiting callers when it gives up, and starts nothing for them", async () => {
    const { server, clients, newest } = harness(startsWell, []);
    await server.ready();
    await newest().hooks.closed();
    await expect(server.recovered()).rejects.toThrow("isn't running");
    await expect(server.request("getAccount", {})).rejects.toThrow("isn't running");
    expect(clients).toHaveLength(1);
  });

  it("gives up if a restart fails before there's a connection", async () => {
    const { server, states, newest } = harness();
    await server.ready();
    expect(await newest().hooks.closed()).toBe(true);
    const waiting = server.recovered();
    newest().hooks.restartFailed();
    await expect(waiting).rejects.toThrow("crashed repeatedly");
    expect(states.at(-1)).toBe("failed");
  });

  it("restarts with all attempts when the user asks for it", async () => {
    const { server, clients, newest } = harness(startsWell, [5]);
    await server.ready();
    await newest().hooks.closed();
    newest().hooks.running(result);
    await server.restart();
    expect(clients.map(({ stopped }) => stopped)).toEqual([true, false]);
    expect(server.generation).toBe(3);
    expect(await newest().hooks.closed()).toBe(true);
  });

  it("ignores a replaced client", async () => {
    const { server, clients, states } = harness();
    await server.ready();
    await server.restart();
    const old = clients[0]?.hooks;
    expect(await old?.closed()).toBe(false);
    old?.restartFailed();
    old?.running(result);
    const seen: unknown[] = [];
    server.onEnvironmentChanged.listen((params) => seen.push(params));
    old?.environmentChanged({ accountId: "acme", environmentId: "trainer" });
    expect(seen).toEqual([]);
    expect(states.at(-1)).toBe("running");
    expect(server.generation).toBe(2);
  });

  it("lets callers that wait for a start continue with the restart that replaces it", async () => {
    let release: () => void = () => undefined;
    const { server, next, clients } = harness(() => new Promise<void>((resolve) => (release = resolve)));
    const waiting = server.ready();
    await Promise.resolve();
    next.starting = startsWell;
    const restarted = server.restart();
    release();
    await Promise.all([waiting, restarted]);
    expect(server.state).toBe("running");
    expect(clients.at(-1)?.stopped).toBe(false);
  });

  it("stops, and starts again when needed", async () => {
    const { server, clients, states } = harness();
    await server.ready();
    await server.stop();
    expect(clients[0]?.stopped).toBe(true);
    await server.ready();
    expect(states).toEqual(["starting", "running", "stopped", "starting", "running"]);
  });
});
