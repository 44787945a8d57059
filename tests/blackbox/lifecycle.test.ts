import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { serverPath } from "./support/programs.js";
import { Server } from "./support/server.js";

describe("the life of the server process", () => {
  it("opens, shuts down and exits with 0, and says nothing on stderr", async () => {
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

  it("hears exit before initialize", async () => {
    await using server = Server.spawn();
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(1);
  });

  it("answers -32002 before initialize, to known and unknown methods", async () => {
    await using server = Server.spawn();
    expect((await server.failure("listEnvironments", {})).code).toBe(-32002);
    expect((await server.failure("no/suchMethod", {})).code).toBe(-32002);
    expect((await server.failure("connect", { wrong: true })).code).toBe(-32002);
    await server.initialize();
    expect((await server.failure("no/suchMethod", {})).code).toBe(-32601);
  });

  it("answers -32600 to a second initialize and to anything after shutdown", async () => {
    await using server = Server.spawn();
    await server.initialize();
    expect((await server.failure("initialize", {})).code).toBe(-32600);
    await server.connection.sendRequest("shutdown");
    expect((await server.failure("getAccount", {})).code).toBe(-32600);
  });

  it("can be initialized again after a refusal", async () => {
    await using server = Server.spawn();
    const refused = await server.failure("initialize", {
      initializationOptions: { gatewayUrl: "http://gateway.example" },
    });
    expect(refused.code).toBe(-32602);
    expect(refused.message).toContain("gatewayUrl takes");
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

  it("ends within 2 s of stdin closing, though nobody reads its answers and the pipe is full", async () => {
    const server = spawn(serverPath, ["--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
    const exited = once(server, "exit");
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "no/suchMethod" });
    server.stdin.end(`Content-Length: ${body.length}\r\n\r\n${body}`.repeat(5000));
    await once(server.stdin, "finish");
    expect((await within(2500, exited))[0]).toBe(1);
  });

  it("ends within 2 s of its client's death, though somebody else holds the pipe", async () => {
    const client = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(client, "spawn");
    await using server = Server.spawn({}, ["--stdio", "--clientProcessId", String(client.pid)]);
    await server.initialize();
    client.kill("SIGKILL");
    expect(await within(2500, server.exited)).toBe(1);
  });

  it("ends within 2 s when only its stdout is closed, though it has nothing to say", async () => {
    await using server = Server.spawn();
    await server.initialize();
    server.process.stdout.destroy();
    expect(await within(2000, server.exited)).toBe(1);
  });

  it.skipIf(process.platform !== "linux")(
    "ends within 2 s of its client's death, though the client stays a zombie",
    async () => {
      const script = '"$1" -c "exit 0" & echo $!; exec sleep 60'; // sleep collects no children
      const parent = spawn("/bin/sh", ["-c", script, "sh", "/bin/sh"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [zombie] = await once(parent.stdout, "data");
      await using server = Server.spawn({}, ["--stdio", "--clientProcessId", String(Number(zombie))]);
      const end = await within(2500, server.exited);
      parent.kill("SIGKILL");
      expect(end).toBe(1);
    },
  );

  describe.skipIf(process.platform === "win32")("while initialize hangs on the storage folder", () => {
    it("ends within 2 s of stdin closing", async () => {
      await using server = hanging();
      server.process.stdin.end();
      expect(await within(2000, server.exited)).toBe(1);
    });

    it("ends within 2 s of the death of the client that initialize names", async () => {
      const client = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      await once(client, "spawn");
      await using server = hanging(client.pid);
      client.kill("SIGKILL");
      expect(await within(2500, server.exited)).toBe(1);
    });
  });

  it.skipIf(process.platform === "win32").each([16, 24, 32, 40, 64])(
    "ends within 2 s of stdin closing with %i file descriptors",
    async (count) => {
      const limited = spawn("/bin/sh", ["-c", `ulimit -n ${count}; exec "$0" --stdio`, serverPath]);
      limited.stdin.on("error", () => undefined);
      const exited = once(limited, "exit");
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params: {} });
      limited.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
      await Promise.race([once(limited.stdout, "data"), exited, new Promise((go) => setTimeout(go, 1000))]);
      limited.stdin.end();
      await within(2000, exited);
    },
  );

  it("prints its version and its help, and explains wrong arguments", () => {
    const version = spawnSync(serverPath, ["--version"], { encoding: "utf8" });
    expect(version.stdout).toMatch(/^companion-server \d+\.\d+\.\d+\S*\n$/);
    expect(spawnSync(serverPath, ["--help"], { encoding: "utf8" }).stdout).toContain("--clientProcessId N");
    const wrong = spawnSync(serverPath, ["--stdin"], { encoding: "utf8" });
    expect(wrong).toMatchObject({ status: 64, stdout: "" });
    expect(wrong.stderr).toContain("There is no argument --stdin.");
  });
});

/** A server whose `initialize` reads pipes that nobody writes to, in the place of files: a disk that does not answer. */
function hanging(processId = process.pid): Server {
  const home = mkdtempSync(join(tmpdir(), "companion-home-"));
  mkdirSync(join(home, ".fireworks"));
  for (const name of [".fireworks/auth.ini", "intent.a.e.json", "durations.json"])
    spawnSync("mkfifo", [join(home, name)]);
  const server = Server.spawn({ HOME: home, USERPROFILE: home });
  const options = { storagePath: home, gatewayUrl: "sandbox" };
  server.request("initialize", { processId, initializationOptions: options }).catch(() => undefined);
  return server;
}

/** The value, or a failure when it takes longer: a bound that the process promises, with room for a busy machine. */
async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error("too late")), milliseconds),
  );
  return Promise.race([promise, late]);
}
