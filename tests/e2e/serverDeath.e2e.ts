import { randomInt } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import type { SandboxHost } from "../blackbox/support/sandboxHost.js";
import {
  beginToConnect,
  inProgress,
  serverProcess,
  slowToConfirm,
  startGateway,
  startSignedIn,
  startToConnect,
  statusOf,
  trainA,
} from "./companion.ts";
import { test, until, type VSCode } from "./harness/index.ts";

const { id, name } = trainA;
const stopped = new RegExp(`server stopped while ${name} was being connected`);

test("recovers when the server is killed during a connect, reports it once, and sends nothing again", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const status = statusOf(workbench);
  await startToConnect(vscode, gateway);
  await vscode.screenshot("before");
  await vscode.server.killProcesses(serverProcess);

  const said = await workbench.notifications.waitFor(stopped);
  expect(said.message).toMatch(/, and has restarted\. Current state: .* The request wasn't sent again\.$/);
  await vscode.screenshot("recovered");
  await gateway.release();
  await status.waitFor({ text: `${name}: Connected` });
  expect((await workbench.notifications.read()).filter((n) => stopped.test(n.message))).toHaveLength(1);
  expect(await gateway.posts()).toHaveLength(1);
});

/**
 * When to kill the server during a connect. Each waits for its stage, and the kill follows after a random delay.
 */
const places = {
  "before it is sent": {
    window: 1_500,
    // The first read is the plan's.
    prepare: (gateway: SandboxHost) =>
      gateway.script({
        route: "GetEnvironment",
        resourceId: id,
        skip: 1,
        times: 2,
        fault: { delayMs: 4_000 },
      }),
    reached: async ({ workbench }: VSCode) => {
      await workbench.notifications.waitFor(new RegExp(`^${name} → `));
    },
    tells: true,
  },
  "while its answer is on the way": {
    window: 1_500,
    prepare: (gateway: SandboxHost) =>
      gateway.script({ route: "ConnectEnvironment", resourceId: id, fault: { delayMs: 3_000 } }),
    reached: async (_: VSCode, gateway: SandboxHost, sent: number) => {
      await until(
        "the request",
        () => connects(gateway),
        (count) => count > sent,
      );
    },
    tells: true,
  },
  "while it connects": {
    window: 1_500,
    prepare: (gateway: SandboxHost) => gateway.hold(),
    reached: async ({ workbench }: VSCode) => {
      await statusOf(workbench).waitFor({ text: inProgress(name, "Connecting…") });
    },
    tells: true,
  },
  "after it is connected": {
    window: 500,
    prepare: async () => undefined,
    reached: async ({ workbench }: VSCode) => {
      await workbench.notifications.waitFor(`${name} is connected to h100-8x.`);
    },
    tells: false,
  },
} as const;

test("survives kills at random moments: sends a connect once at most, says so once, and ends in agreement", async ({
  startVSCode,
}) => {
  const random = seeded("COMPANION_SEED");
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const status = statusOf(workbench);

  const order = Object.entries(places)
    .map((entry) => ({ entry, at: random() }))
    .sort((one, other) => one.at - other.at);
  for (const [round, { entry }] of order.entries()) {
    const [place, { window, prepare, reached, tells }] = entry;
    const sent = await connects(gateway);
    await beginToConnect(vscode, () => prepare(gateway));
    await reached(vscode, gateway, sent);
    const late = random() * window;
    console.log(`round ${round + 1}: killed ${place}, ${late.toFixed()} ms late`);
    await delay(late);
    const killed = await vscode.server.killProcesses(serverProcess);
    await gateway.release();
    await vscode.screenshot(`killed ${place}`);

    await until(
      "another server",
      () => vscode.server.findProcesses(serverProcess),
      (found) => found.some(({ pid }) => !killed.some((one) => one.pid === pid)),
    );
    if (tells) await workbench.notifications.waitFor(stopped, 60_000);
    const rest = await atRest(gateway);
    const word = rest === "CONNECTED" ? "Connected" : "Disconnected";
    await status.waitFor({ text: `${name}: ${word}` }, 60_000);
    const said = (await workbench.notifications.read()).filter(({ message }) => stopped.test(message));
    expect(said, place).toHaveLength(tells ? 1 : 0);
    const posts = (await connects(gateway)) - sent;
    expect(posts, place).toBe(place === "before it is sent" ? 0 : 1);
    await vscode.screenshot(`settled ${place}`);

    if (tells) await workbench.notifications.dismiss(stopped);
    if (rest === "CONNECTED") await disconnectElsewhere(vscode, gateway);
  }

  // It doesn't restart forever. Now it stays down until the user starts it.
  const down = /crashed repeatedly and won't restart automatically/;
  await vscode.server.killProcesses(serverProcess);
  await workbench.notifications.waitFor(down);
  await status.waitFor({ text: "Companion: Server Stopped" });
  expect(await vscode.server.findProcesses(serverProcess)).toEqual([]);
  expect((await workbench.notifications.read()).filter(({ message }) => down.test(message))).toHaveLength(1);
  await vscode.screenshot("left down");
  await workbench.notifications.click(down, "Restart Server");
  await status.waitFor({ text: `${name}: Disconnected` });
  await vscode.screenshot("started by hand");
});

test("the server is gone within 2 s of its extension host, and the next one sends nothing by itself", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const status = statusOf(workbench);
  await startToConnect(vscode, gateway);
  const servers = await vscode.server.findProcesses(serverProcess);
  expect(servers).toHaveLength(1);
  await slowToConfirm(gateway);
  await vscode.server.killProcesses("--type=extensionHost");

  const killed = performance.now();
  await until(
    "the server's end",
    () => vscode.server.findProcesses(serverProcess),
    (left) => !left.some(({ pid }) => servers.some((server) => server.pid === pid)),
    2_000,
  );
  console.log(`the server was gone after ${(performance.now() - killed).toFixed()} ms`);
  await vscode.screenshot("extension host killed");

  await gateway.release();
  expect(await atRest(gateway)).toBe("CONNECTED");
  await status.waitFor({ text: /\? \(.*\)$/, ariaLabel: /not confirmed since/ });
  await vscode.screenshot("extension host runs again");
  await status.waitFor({ text: `${name}: Connected` });
  expect(await gateway.posts()).toHaveLength(1);
  await vscode.screenshot("confirmed");
});

/** Disconnects outside of Companion, and refreshes the window. */
async function disconnectElsewhere({ workbench }: VSCode, gateway: SandboxHost): Promise<void> {
  await gateway.changeElsewhere(id, "disconnect", {});
  expect(await atRest(gateway)).toBe("DISCONNECTED");
  await workbench.runCommand("Companion: Refresh");
  await statusOf(workbench).waitFor({ text: `${name}: Disconnected` });
}

async function connects(gateway: SandboxHost): Promise<number> {
  return (await gateway.posts()).filter(({ path }) => path.endsWith(":connect")).length;
}

/** @returns the final state of the environment at the gateway */
async function atRest(gateway: SandboxHost): Promise<string> {
  const { state } = await until(
    "the environment at rest",
    () => gateway.environment(id),
    (environment) => ["CONNECTED", "DISCONNECTED"].includes(environment.state),
  );
  return state;
}

/** Returns random numbers from 0 to 1 (mulberry32). Prints the seed, which an environment variable can set. */
function seeded(variable: string): () => number {
  let state = Number(process.env[variable] ?? randomInt(2 ** 31));
  console.log(`${variable}=${state}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
