import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onPath } from "../e2e/provision/run.mjs";
import { bareEnvironment } from "./support/programs.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { writeSystemctl } from "./support/systemctl.js";

const environmentId = "train-a";
const connection = { nodePoolId: "h100-8x", numRanks: 8 };

/** A user with a key in auth.ini, and a stand-in for `systemctl`. */
function newUser() {
  const home = mkdtempSync(join(tmpdir(), "companion-home-"));
  const bin = join(home, "bin");
  mkdirSync(join(home, ".fireworks"));
  writeFileSync(join(home, ".fireworks", "auth.ini"), `[fireworks]\napi_key = ${sandboxKeys.main}\n`);
  const units = join(home, ".config", "systemd", "user");
  return {
    env: { HOME: home, PATH: writeSystemctl(bin) },
    storagePath: join(home, "100% storage"),
    breakManager: () => writeFileSync(join(bin, "broken"), ""),
    unit: (kind: string) => {
      const [name = ""] = readdirSync(units).filter((name) => name.endsWith(kind));
      return { path: join(units, name), text: readFileSync(join(units, name), "utf8") };
    },
    units: () => (existsSync(units) ? readdirSync(units) : []),
  };
}

/** Runs a command line as systemd does: without a shell, and with its rules for quotes and specifiers. */
function runAsSystemd(line: string, env: NodeJS.ProcessEnv) {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = ""]) =>
    word.replaceAll(/\\(.)/g, "$1").replaceAll("%%", "%").replaceAll("$$", "$"),
  );
  const [program = "", ...args] = words;
  return spawnSync(program, args, { env: { ...bareEnvironment(), ...env }, encoding: "utf8" });
}

async function connected(gateway: SandboxHost, user: ReturnType<typeof newUser>, apiKey?: string) {
  const server = await Server.open({ gatewayUrl: gateway.url, storagePath: user.storagePath }, user.env);
  if (apiKey) await server.request("signIn", { apiKey });
  await server.request("connect", { environmentId, connection });
  return server;
}

const soon = (milliseconds: number) => ({ until: new Date(Date.now() + milliseconds).toISOString() });

describe("an end that the operating system keeps", () => {
  it("is kept by the timer's command after the server has exited, and the timer is removed", async () => {
    await using gateway = await SandboxHost.start();
    const user = newUser();
    const server = await connected(gateway, user);
    const lease = soon(4_000);
    const set = await server.request("setLease", { environmentId, lease, bySystem: true });
    expect(set.lease).toEqual({ until: expect.any(String), keptBy: ["vscode", "system"] });
    await server[Symbol.asyncDispose]();

    const [, line = ""] = /^ExecStart=(.*)$/m.exec(user.unit(".service").text) ?? [];
    expect(line).not.toContain("out/"); // it's a copy
    const { status, stdout, stderr } = runAsSystemd(line, user.env);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).not.toContain(sandboxKeys.main);
    expect((await gateway.environment(environmentId)).state).toBe("DISCONNECTED");
    expect((await gateway.posts()).filter(({ path }) => path.endsWith(":disconnect"))).toHaveLength(1);
    expect(user.units()).toEqual([]);

    expect(runAsSystemd(line, user.env).status).toBe(0);
    expect((await gateway.posts()).filter(({ path }) => path.endsWith(":disconnect"))).toHaveLength(1);
  });

  it("is checked by systemd", async ({ skip }) => {
    const analyze = onPath("systemd-analyze");
    skip(!analyze, "there's no systemd-analyze");
    if (!analyze) return;
    await using gateway = await SandboxHost.start();
    const user = newUser();
    await using server = await connected(gateway, user);
    await server.request("setLease", { environmentId, lease: { durationSeconds: 3600 }, bySystem: true });
    const env = {
      ...process.env,
      ...user.env,
      XDG_RUNTIME_DIR: user.storagePath,
      SYSTEMD_LOG_LEVEL: "warning",
    };
    const { path, text } = user.unit(".timer");
    const verified = spawnSync(analyze, ["--user", "verify", path], { env, encoding: "utf8" });
    expect(verified.stderr.split("\n").filter((line) => line.includes("companion-end"))).toEqual([]);
    expect(verified.status).toBe(0);
    const [, time = ""] = /^OnCalendar=(.*)$/m.exec(text) ?? [];
    const calendar = spawnSync(analyze, ["calendar", time], { env, encoding: "utf8" });
    expect(calendar.stdout).toContain("Next elapse");
    expect(calendar.stdout).not.toContain("never");
  });

  it("isn't promised without a key outside the client or without a manager", async () => {
    await using gateway = await SandboxHost.start();
    const user = newUser();
    await using server = await connected(gateway, user, sandboxKeys.main);
    const params = { environmentId, lease: { durationSeconds: 3600 }, bySystem: true };
    expect(await server.failure("setLease", params)).toMatchObject({
      code: 9,
      message: expect.stringContaining("the API key must be in auth.ini"),
    });
    user.breakManager();
    expect(await server.failure("setLease", params)).toMatchObject({
      code: 9,
      message:
        "The end of Language model training can't be kept while VS Code is closed: systemctl: Failed to connect to bus: No medium found. Nothing was changed.",
    });
    expect((await server.request("getEnvironment", { environmentId })).lease).toBeUndefined();
    expect(user.units()).toEqual([]);
  });

  it("isn't kept after a sign-out", async () => {
    await using gateway = await SandboxHost.start();
    const user = newUser();
    await using server = await connected(gateway, user);
    await server.request("setLease", { environmentId, lease: { durationSeconds: 3600 }, bySystem: true });
    await server.request("signOut", {});
    await expect.poll(() => user.units()).toEqual([]);
  });
});
