import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { serverPath } from "./support/programs.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";

describe("the lifecycle of the server process", () => {
  it("opens, shuts down, and exits with 0, without output on stderr", async () => {
    await using server = Server.spawn();
    const answer = await server.initialize();
    expect(answer).toMatchObject({
      capabilities: {},
      serverInfo: { name: "companion-server" },
      gateway: { url: "sandbox", sandbox: true },
    });
    await server.connection.sendNotification("initialized", {});
    await server.connection.sendRequest("shutdown");
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(0);
    expect(server.stderr).toEqual([]);
  });

  it("exits with 1 without shutdown", async () => {
    await using server = Server.spawn();
    await server.initialize();
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(1);
  });

  it("accepts exit before initialize", async () => {
    await using server = Server.spawn();
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(1);
  });

  it("responds with -32002 before initialize, to known and unknown methods", async () => {
    await using server = Server.spawn();
    expect((await server.failure("listEnvironments", {})).code).toBe(-32002);
    expect((await server.failure("no/suchMethod", {})).code).toBe(-32002);
    expect((await server.failure("connect", { wrong: true })).code).toBe(-32002);
    await server.initialize();
    expect((await server.failure("no/suchMethod", {})).code).toBe(-32601);
  });

  it("responds with -32600 to a second initialize and to anything after shutdown", async () => {
    await using server = Server.spawn();
    await server.initialize();
    expect((await server.failure("initialize", {})).code).toBe(-32600);
    await server.connection.sendRequest("shutdown");
    expect((await server.failure("getAccount", {})).code).toBe(-32600);
  });

  it("can be initialized after an invalid initialize", async () => {
    await using server = Server.spawn();
    const refused = await server.failure("initialize", {
      initializationOptions: { gatewayUrl: "http://gateway.example" },
    });
    expect(refused.code).toBe(-32602);
    expect(refused.message).toContain("gatewayUrl must be");
    expect((await server.initialize()).gateway.sandbox).toBe(true);
  });

  it("ends within 2 s of stdin closing, in the middle of a connect", async () => {
    await using server = await Server.open({ gatewayUrl: "sandbox" });
    const connecting = server.failure("connect", {
      environmentId: "train-a",
      connection: { nodePoolId: "h100-8x" },
    });
    connecting.catch(() => {});
    await server.request("getEnvironment", { environmentId: "train-a" });
    server.process.stdin.end();
    expect(await within(2000, server.exited)).toBe(1);
  });

  it("ends within 2 s of stdin closing, even if its responses aren't read and the pipe is full", async () => {
    const server = spawn(serverPath, ["--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
    const exited = once(server, "exit");
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "no/suchMethod" });
    server.stdin.end(`Content-Length: ${body.length}\r\n\r\n${body}`.repeat(5000));
    await once(server.stdin, "finish");
    expect((await within(2500, exited))[0]).toBe(1);
  });

  it("ends within 2 s of its client's death, even if another process holds the pipe", async () => {
    const client = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(client, "spawn");
    await using server = Server.spawn({}, ["--stdio", "--clientProcessId", String(client.pid)]);
    await server.initialize();
    client.kill("SIGKILL");
    expect(await within(2500, server.exited)).toBe(1);
  });

  it("ends within 2 s when only its stdout is closed, even without output", async () => {
    await using server = Server.spawn();
    await server.initialize();
    server.process.stdout.destroy();
    expect(await within(2000, server.exited)).toBe(1);
  });

  it.skipIf(process.platform !== "linux")(
    "ends within 2 s of its client's death, though the client stays a zombie",
    async () => {
      const script = '"$1" -c "exec sleep 60" & echo $!; exec sleep 60'; // sleep doesn't collect children
      const parent = spawn("/bin/sh", ["-c", script, "sh", "/bin/sh"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [child] = await once(parent.stdout, "data");
      await using server = Server.spawn({}, ["--stdio", "--clientProcessId", String(Number(child))]);
      await server.initialize();
      process.kill(Number(child), "SIGKILL");
      const end = await within(2500, server.exited);
      parent.kill("SIGKILL");
      expect(end).toBe(1);
    },
  );

  describe.skipIf(process.platform !== "linux")("while initialize hangs on the disk", () => {
    it("ends within 2 s of stdin closing", async () => {
      await using disk = await SlowDisk.create();
      await using server = await disk.initialize();
      server.process.stdin.end();
      expect(await within(2000, server.exited)).toBe(1);
    });

    it("ends within 2 s of the death of the client that initialize names", async () => {
      const client = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      await once(client, "spawn");
      await using disk = await SlowDisk.create();
      await using server = await disk.initialize(client.pid);
      client.kill("SIGKILL");
      expect(await within(2500, server.exited)).toBe(1);
    });
  });

  describe.skipIf(process.platform === "win32")("the number of files that it may have open", () => {
    it.each([24, 40, 64, 127])("is too low at %i: it is reported, and the process ends", (count) => {
      const limited = spawnSync("/bin/sh", ["-c", `ulimit -n ${count}; exec "$0" --stdio`, serverPath], {
        encoding: "utf8",
      });
      expect(limited).toMatchObject({ status: 71, stdout: "" });
      expect(limited.stderr).toBe("companion-server needs a limit of at least 128 open files (ulimit -n).\n");
    });

    it("is enough at 128 for all methods", async () => {
      await using gateway = await SandboxHost.start(["--connect-ms", "50", "--disconnect-ms", "50"]);
      const storagePath = mkdtempSync(join(tmpdir(), "companion-storage-"));
      const options = { gatewayUrl: gateway.url, storagePath };
      await using server = await Server.open(options, {}, 'ulimit -n 128; exec "$0" "$@"');
      const environmentId = "train-a";
      await server.request("signIn", { apiKey: sandboxKeys.main });
      await server.request("watchEnvironments", { environments: [{ environmentId }] });
      await server.request("listNodePools", {});
      await server.request("connect", { environmentId, connection: { nodePoolId: "h100-8x" } });
      await server.request("disconnect", { environmentId });
      const { steps } = await server.request("diagnose", {});
      expect(steps.filter(({ verdict }) => verdict === "failed")).toEqual([]);
      expect(server.stderr).toEqual([]);
    });
  });

  it("prints its version and its help, and explains wrong arguments", () => {
    const version = spawnSync(serverPath, ["--version"], { encoding: "utf8" });
    expect(version.stdout).toMatch(/^companion-server \d+\.\d+\.\d+\S*\r?\n$/);
    const help = spawnSync(serverPath, ["--stdio", "--help"], { encoding: "utf8" });
    expect(help.stdout).toContain("--clientProcessId N");
    const wrong = spawnSync(serverPath, ["--stdio", "--stdin"], { encoding: "utf8" });
    expect(wrong).toMatchObject({ status: 64, stdout: "" });
    expect(wrong.stderr).toContain("Unknown argument: --stdin");
  });
});

/** A storage folder on an unresponsive disk: another process has a lease on a file, which `open` waits for up to 45 s. */
class SlowDisk implements AsyncDisposable {
  static readonly #holder = `
    $| = 1;
    $SIG{IO} = sub { print "asked" };
    open(FILE, "+<", $ARGV[0]) && fcntl(FILE, 1024, 1) or die $!; # F_SETLEASE, F_WRLCK
    print "held";
    sleep 60 while 1;`;

  private constructor(
    readonly folder: string,
    readonly holder: ChildProcessByStdio<null, Readable, null>,
  ) {}

  static async create(): Promise<SlowDisk> {
    const folder = mkdtempSync("/dev/shm/companion-storage-"); // not every file system for /tmp supports leases
    mkdirSync(join(folder, "state"), { mode: 0o700 });
    const record = join(folder, "state", "change.0123");
    writeFileSync(record, "{}");
    const disk = new SlowDisk(
      folder,
      spawn("perl", ["-e", SlowDisk.#holder, record], { stdio: ["ignore", "pipe", "inherit"] }),
    );
    expect(await disk.#said()).toBe("held");
    return disk;
  }

  /** A server that hangs in `initialize`. */
  async initialize(processId = process.pid): Promise<Server> {
    const server = Server.spawn();
    expect((await server.failure("getAccount", {})).code).toBe(-32002);
    const options = { storagePath: this.folder, gatewayUrl: "sandbox" };
    server.request("initialize", { processId, initializationOptions: options }).catch(() => undefined);
    expect(await this.#said()).toBe("asked");
    return server;
  }

  async #said(): Promise<string> {
    return String((await once(this.holder.stdout, "data"))[0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.holder.kill("SIGKILL");
    await once(this.holder, "exit");
    rmSync(this.folder, { recursive: true });
  }
}

/** The value, or a failure after the promised time plus a margin for a busy machine. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error("too late")), milliseconds),
  );
  return Promise.race([promise, late]);
}
