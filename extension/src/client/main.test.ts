import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { LogOutputChannel } from "vscode";
import { CancellationTokenSource } from "vscode-jsonrpc";
import { RecordingLog, recorded } from "../../test/vscode.js";
import { isCancelled, isServerLost } from "../errors/rpcError.js";
import { MaskedLog } from "../log/maskedLog.js";
import { SecretMask } from "../log/secretMask.js";
import type { EnvironmentChangedParams, InitializeResult } from "../protocol.g.js";
import type { Client, ClientHooks, Program } from "../server/client.js";
import { createClient } from "./main.js";
import { ServerProcess } from "./serverProcess.js";

const fakeServer = fileURLToPath(new URL("../../test/fakeServer.mjs", import.meta.url));

/** A real language client with a real process, and what it reports. */
class Harness {
  readonly recording = new RecordingLog();
  readonly mask = new SecretMask();
  readonly running: InitializeResult[] = [];
  readonly changed: EnvironmentChangedParams[] = [];
  readonly client: Client;
  closed = 0;
  restartFailed = 0;
  restarts = 0;
  #wake: () => void = () => undefined;

  readonly onExit: (listener: () => void) => void;

  private constructor(program: Program, process: ServerProcess) {
    this.onExit = (listener) => process.onExit(() => setImmediate(listener)); // once its output is flushed
    const log = new MaskedLog(this.recording as unknown as LogOutputChannel, this.mask);
    this.client = createClient(program, process, this.#hooks(), log);
  }

  static async create(...misbehaviour: string[]): Promise<Harness> {
    const program = {
      command: process.execPath,
      args: [fakeServer, ...misbehaviour],
      cwd: dirname(fakeServer),
    };
    return new Harness(program, await ServerProcess.start(program));
  }

  /** The processes that it started, and those that are still running. */
  get started(): number[] {
    return [...this.recording.text.matchAll(/stderr: pid (\d+)/g)].map(([, pid]) => Number(pid));
  }

  get alive(): number[] {
    return this.started.filter(isAlive);
  }

  /** Waits until the condition is true. Checked after each event. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #hooks(): ClientHooks {
    const reported = (what: () => void) => {
      what();
      this.#wake();
    };
    return {
      initializationOptions: () => ({ gatewayUrl: "sandbox" }),
      running: (result) => reported(() => this.running.push(result)),
      closed: async () => {
        reported(() => this.closed++);
        return this.restarts-- > 0;
      },
      restartFailed: () => reported(() => this.restartFailed++),
      environmentChanged: (params) => reported(() => this.changed.push(params)),
      leaseEnding: () => undefined,
    };
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

let harness: Harness;

afterEach(async () => {
  await harness.client.stop();
  recorded.settings.clear();
  recorded.messages.length = 0;
});

describe("the client", () => {
  it("starts the program with the server's arguments and options", async () => {
    harness = await Harness.create();
    await harness.client.start();
    const [result] = harness.running;
    expect(JSON.parse(result?.serverInfo.name ?? "")).toEqual([
      ["--stdio", "--clientProcessId", String(process.pid)],
      { gatewayUrl: "sandbox" },
    ]);
    expect(result?.gateway).toEqual({ url: "https://gateway.test", sandbox: false });
  });

  it("forwards results, errors, and notifications unchanged", async () => {
    harness = await Harness.create();
    await harness.client.start();
    expect(await harness.client.request("getAccount", {})).toBeNull();
    const params = { accountId: "acme", environmentId: "trainer" };
    await expect(harness.client.request("getEnvironment", params)).rejects.toMatchObject({
      code: 9,
      message: "It is busy.",
      data: { status: "FAILED_PRECONDITION", environment: { state: "CONNECTED" } },
    });
    await harness.client.request("watchEnvironments", { environments: [params] });
    await harness.until(() => harness.changed.length > 0);
    expect(harness.changed[0]?.environment?.environmentId).toBe("trainer");
  });

  it("reports the stages of a change, and stops waiting for it", async () => {
    harness = await Harness.create();
    await harness.client.start();
    const cancellation = new CancellationTokenSource();
    const said: unknown[] = [];
    const waiting = harness.client.request(
      "connect",
      { environmentId: "trainer", connection: { nodePoolId: "h100" } },
      {
        token: cancellation.token,
        onProgress: (progress) => {
          said.push(progress);
          if (progress.kind === "report") cancellation.cancel();
        },
      },
    );
    const error: unknown = await waiting.catch((reason) => reason);
    expect(isCancelled(error)).toBe(true);
    expect(error).toMatchObject({ message: "The gateway goes on connecting." });
    expect(said.slice(0, 2)).toEqual([
      { kind: "begin", title: "Connecting", cancellable: true },
      { kind: "report", message: "The gateway has accepted." },
    ]);
  });

  it("reports the parts of a list as they arrive, before the response", async () => {
    harness = await Harness.create();
    await harness.client.start();
    expect((await harness.client.request("listEnvironments", {})).environments).toHaveLength(1);
    const parts: string[][] = [];
    const answer = await harness.client.request(
      "listEnvironments",
      {},
      {
        onPart: ({ environments }) => parts.push(environments.map(({ environmentId }) => environmentId)),
      },
    );
    expect(parts).toEqual([["first"], ["second"]]);
    expect(answer.environments).toEqual([]);
  });

  it("reports that the server was lost, and starts another one", async () => {
    harness = await Harness.create();
    harness.restarts = 1;
    await harness.client.start();
    const error: unknown = await harness.client
      .request("disconnect", { environmentId: "trainer" })
      .catch((e) => e);
    expect(isServerLost(error)).toBe(true);
    await harness.until(() => harness.running.length === 2);
    expect(await harness.client.request("getAccount", {})).toBeNull();
    expect(harness.changed).toEqual([]);
    expect(harness.recording.text).toContain("error The server's last output:\nI was killed.");
    expect(recorded.messages).toEqual([]);
  });

  it("doesn't restart when told not to, and then rejects requests", async () => {
    harness = await Harness.create();
    await harness.client.start();
    await harness.client.request("disconnect", { environmentId: "trainer" }).catch(() => undefined);
    await harness.until(() => harness.closed === 1);
    const error: unknown = await harness.client.request("getAccount", {}).catch((e) => e);
    expect(isServerLost(error)).toBe(true);
    expect(harness.running).toHaveLength(1);
  });

  it.each([
    ["diesAtOnce", "No runtime fits me."],
    ["diesInInitialize", "I was asked to initialize."],
  ])("fails to start with a server that %s, and logs its last output", async (misbehaviour, words) => {
    harness = await Harness.create(misbehaviour);
    await expect(harness.client.start()).rejects.toThrow();
    await harness.until(() => harness.closed === 1);
    await expect.poll(() => harness.recording.text).toContain(words);
    expect(harness.running).toEqual([]);
    expect(recorded.messages).toEqual([]);
  });

  it("fails to start with a server that died before the client was loaded, and logs its last output", async () => {
    harness = await Harness.create("diesAtOnce");
    await new Promise<void>((resolve) => harness.onExit(resolve));
    await expect(harness.client.start()).rejects.toThrow();
    await expect.poll(() => harness.recording.text).toContain("No runtime fits me.");
    expect(harness.running).toEqual([]);
  });

  it("can't be created for a program that doesn't exist", async () => {
    const missing = { command: "/nowhere/companion-server", args: [], cwd: dirname(fakeServer) };
    await expect(ServerProcess.start(missing)).rejects.toThrow(/ENOENT/);
  });
});

describe("the process", () => {
  it("has exited before the next one starts if it closes only its stdout", async () => {
    harness = await Harness.create("tellsPid", "closesStdout");
    harness.restarts = 1;
    await harness.client.start();
    const error: unknown = await harness.client
      .request("disconnect", { environmentId: "trainer" })
      .catch((e) => e);
    expect(isServerLost(error)).toBe(true);
    await harness.until(() => harness.running.length === 2);
    await expect.poll(() => harness.started.length).toBe(2);
    expect(harness.alive).toEqual(harness.started.slice(1));
    expect(await harness.client.request("getAccount", {})).toBeNull();
  });

  it("is killed before the next one starts if it ignores the end of its stdin", async () => {
    harness = await Harness.create("tellsPid", "closesStdout", "outlivesStdin");
    harness.restarts = 1;
    await harness.client.start();
    await harness.client.request("disconnect", { environmentId: "trainer" }).catch(() => undefined);
    await harness.until(() => harness.closed === 1);
    const error: unknown = await harness.client.request("getAccount", {}).catch((e) => e);
    expect(isServerLost(error), "a request in between isn't sent").toBe(true);
    await harness.until(() => harness.running.length === 2);
    await expect.poll(() => harness.started.length).toBe(2);
    expect(harness.alive).toEqual(harness.started.slice(1));
  });

  it("has exited if it closes its stdout and isn't replaced", async () => {
    harness = await Harness.create("tellsPid", "closesStdout");
    await harness.client.start();
    await harness.client.request("disconnect", { environmentId: "trainer" }).catch(() => undefined);
    await expect.poll(() => harness.alive).toEqual([]);
    expect(harness.started).toHaveLength(1);
  });

  it.each([
    ["is stopped while starting", ["hangsInInitialize"]],
    ["is stopped while starting, and outlives its stdin", ["hangsInInitialize", "outlivesStdin"]],
  ])("has exited and isn't replaced when it %s", async (_, misbehaviour) => {
    harness = await Harness.create("tellsPid", ...misbehaviour);
    harness.restarts = 1;
    const starting = expect(harness.client.start()).rejects.toThrow();
    await expect.poll(() => harness.alive.length).toBe(1);
    await harness.client.stop();
    expect(harness.alive).toEqual([]);
    await starting;
    await expect(harness.client.start()).rejects.toThrow();
    expect([harness.started.length, harness.running.length]).toEqual([1, 0]);
    expect(recorded.messages).toEqual([]);
  });

  it("has exited if the client is stopped before it starts", async () => {
    harness = await Harness.create("tellsPid");
    await harness.client.stop();
    await expect(harness.client.start()).rejects.toThrow();
    expect(harness.alive).toEqual([]);
    expect(harness.running).toEqual([]);
  });

  it.each([
    ["has no answer", ["hangsInShutdown"]],
    ["has an error for an answer", ["failsShutdown"]],
    ["has an error for an answer, and outlives its stdin", ["failsShutdown", "outlivesStdin"]],
    ["is followed by nothing", ["outlivesStdin"]],
  ])("has exited after a stop whose shutdown %s", async (_, misbehaviour) => {
    harness = await Harness.create("tellsPid", ...misbehaviour);
    await harness.client.start();
    await expect.poll(() => harness.alive.length).toBe(1);
    await harness.client.stop();
    expect(harness.alive).toEqual([]);
    expect(harness.started).toHaveLength(1);
  });

  it("has exited before a rejected initialize is reported", async () => {
    harness = await Harness.create("tellsPid", "refusesInitialize");
    await expect(harness.client.start()).rejects.toThrow("I refuse.");
    await harness.until(() => harness.restartFailed === 1);
    expect(harness.alive).toEqual([]);
    expect(recorded.messages).toEqual([]);
  });

  it("gets no variables that configure the user's own .NET programs", async () => {
    const hook = "DOTNET_STARTUP_HOOKS";
    process.env[hook] = "/tmp/hook.dll";
    try {
      harness = await Harness.create();
      await harness.client.start();
    } finally {
      delete process.env[hook];
    }
    const names: unknown = await harness.client.request("getReport", {});
    expect(names).toContain("PATH");
    expect(names).not.toContain(hook);
  });
});

describe("the API key", () => {
  it.each(["messages", "compact", "verbose"])("isn't in the log while %s are traced", async (trace) => {
    recorded.settings.set("companion.trace.server", trace);
    harness = await Harness.create();
    const oddKey = 'zq"9\\zq';
    harness.mask.add(oddKey);
    await harness.client.start();
    await harness.client.request("signIn", { apiKey: "fw_test_0123456789abcdef" });
    await harness.client.request("signIn", { apiKey: oddKey });
    expect(harness.recording.text).toContain("Sending request 'signIn");
    expect(harness.recording.text).not.toContain("fw_test_0123456789abcdef");
    expect(harness.recording.text).not.toContain("zq");
    if (trace !== "messages") expect(harness.recording.text).toContain("[API key]");
  });
});
