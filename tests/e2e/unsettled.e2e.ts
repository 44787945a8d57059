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
import { escaped, type ProcessInfo, test, until, type VSCode } from "./harness/index.ts";

const extensionHost = "--type=extensionHost";
const { id, name } = trainA;
const told = new RegExp(
  `^VS Code or Companion closed while ${name} was being connected\\. ` +
    "Current state: Connected\\. The request wasn't sent again\\.$",
);
/** As before the end of the window. */
const progress = new RegExp(`^Connecting ${name} to h100-8x: Accepted, connecting since \\d`);
const done = `${name} is connected to h100-8x.`;
const hold = (gateway: SandboxHost) => gateway.hold();
const toldOrDone = new RegExp(`${told.source}|^${escaped(done)}$`);

/** How a window can end during a connect so that nothing in it can recover. */
const ends = {
  "is reloaded while the answer is on its way": {
    prepare: (gateway: SandboxHost) =>
      gateway.script({ route: "ConnectEnvironment", resourceId: id, fault: { delayMs: 5_000 } }),
    reached: async (_: VSCode, gateway: SandboxHost) => {
      await until(
        "the request",
        () => gateway.posts(),
        (posts) => posts.length === 1,
      );
    },
    end: reload,
    afterwards: /Connect(ing…|ed)/,
    isUnfinished: false,
  },
  "is reloaded while the gateway connects": {
    prepare: hold,
    reached: async ({ workbench }: VSCode) => {
      await statusOf(workbench).waitFor({ text: inProgress(name, "Connecting…") });
      await workbench.notifications.waitFor(/accepted/i);
    },
    end: reload,
    // The change wasn't complete: the state is first outdated, then current, and then final.
    afterwards: /: Connecting…/,
    isUnfinished: true,
  },
  "loses its extension host and the server at once": {
    prepare: hold,
    reached: async ({ workbench }: VSCode) => {
      await statusOf(workbench).waitFor({ text: inProgress(name, "Connecting…") });
    },
    end: async (vscode: VSCode) => {
      const { server } = vscode;
      const hosts = await server.findProcesses(extensionHost);
      const both = [...(await server.findProcesses(serverProcess)), ...hosts];
      expect(both).toHaveLength(2);
      for (const { pid } of both) process.kill(pid, "SIGKILL");
      await replaced(vscode, extensionHost, hosts);
    },
    afterwards: /Connect(ing…|ed)/,
    isUnfinished: false,
  },
} as const;

for (const [how, { prepare, reached, end, afterwards, isUnfinished }] of Object.entries(ends)) {
  test(`a window that ${how} tells once what became of its connect, and sends nothing`, async ({
    startVSCode,
  }) => {
    await using gateway = await startGateway();
    const vscode = await startSignedIn(startVSCode, gateway);
    const { workbench, server } = vscode;
    const status = statusOf(workbench);
    await beginToConnect(vscode, () => prepare(gateway));
    await reached(vscode, gateway);
    const before = await server.findProcesses(serverProcess);
    await vscode.screenshot("under way");
    await slowToConfirm(gateway);
    await end(vscode);

    await until(
      "the server's end",
      () => server.findProcesses(serverProcess),
      (found) => !found.some(({ pid }) => before.some((one) => one.pid === pid)),
    );
    await status.waitFor({ text: /\? \(.*\)$/, ariaLabel: /not confirmed since/ });
    await vscode.screenshot("old");
    await status.waitFor({ text: afterwards });
    await vscode.screenshot("confirmed");
    if (isUnfinished) {
      expect((await workbench.notifications.waitFor(progress)).buttons).toEqual(["Cancel"]);
      await vscode.screenshot("in progress");
      await gateway.release();
      await workbench.notifications.waitFor(done);
    } else {
      await gateway.release();
      await workbench.notifications.waitFor(toldOrDone);
    }
    await vscode.screenshot("told");
    await status.waitFor({ text: `${name}: Connected` });

    // It's settled, so the next server doesn't list it anymore.
    expect(await timesNamed(vscode)).toBe(1);
    const running = await server.findProcesses(serverProcess);
    await workbench.runCommand("Companion: Restart Server");
    await replaced(vscode, serverProcess, running);
    await status.waitFor({ text: `${name}: Connected` });
    expect(await timesNamed(vscode)).toBe(1);
    // The notification might have moved to the bell.
    const all = await workbench.notifications.read();
    const left = all.filter(({ message }) => /(closed|stopped) while/.test(message));
    expect(left.length).toBeLessThanOrEqual(1);
    expect(await gateway.posts()).toHaveLength(1);
    await vscode.screenshot("settled");
  });
}

test("if only the server dies, its own window reports it, and nothing else does", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench, server } = vscode;
  const status = statusOf(workbench);
  await startToConnect(vscode, gateway);
  await server.killProcesses(serverProcess);
  await workbench.notifications.waitFor(/server stopped while/);
  await gateway.release();
  await status.waitFor({ text: `${name}: Connected` });
  expect(await timesNamed(vscode)).toBe(0);
  expect((await workbench.notifications.read()).filter(({ message }) => told.test(message))).toEqual([]);
  expect(await gateway.posts()).toHaveLength(1);
});

/** Reloads the window with its command. */
async function reload({ workbench }: VSCode): Promise<void> {
  const loaded = workbench.page.waitForEvent("load");
  // The page that could confirm the command is gone. The load event shows that it ran.
  await Promise.all([loaded, workbench.runCommand("Developer: Reload Window").catch(() => undefined)]);
  await workbench.ready();
}

/** Returns how often the log mentions an unsettled change. */
async function timesNamed({ server }: VSCode): Promise<number> {
  return (await server.readOutput("Companion")).split("wasn't confirmed").length - 1;
}

async function replaced({ server }: VSCode, program: string, old: readonly ProcessInfo[]): Promise<void> {
  await until(
    `another ${program}`,
    () => server.findProcesses(program),
    (found) => found.some(({ pid }) => !old.some((one) => one.pid === pid)),
  );
}
