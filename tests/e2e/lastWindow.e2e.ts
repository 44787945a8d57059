import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { SandboxHost } from "../blackbox/support/sandboxHost.js";
import {
  connect,
  serverProcess,
  startGateway,
  startSignedIn,
  statusOf,
  trainA,
  untilState,
} from "./companion.ts";
import { test, until, type VSCode } from "./harness/index.ts";

const { id, name } = trainA;
const told = new RegExp(`^${name} was still connected to h100-8x .*, before VS Code was closed\\.$`);
const hour = 3_600;

/** Closes the last window, as if that had been long ago. */
async function closeForHours({ workbench, server }: VSCode): Promise<void> {
  await workbench.page.goto("about:blank");
  for (const process of [serverProcess, "--type=extensionHost"])
    await until(
      `the end of ${process}`,
      () => server.findProcesses(process),
      (found) => found.length === 0,
    );
  const mark = join(server.userData, "User", "globalStorage", "companion.companion", "open-since");
  expect(existsSync(mark)).toBe(true);
  const then = Date.now() / 1_000 - 14 * hour;
  utimesSync(mark, then, then);
}

async function connected(vscode: VSCode): Promise<void> {
  await connect(vscode);
  await vscode.workbench.waitUntilStored("companion.companion", '"state":"CONNECTED"');
}

const sent = async (gateway: SandboxHost) =>
  (await gateway.posts()).map(({ path }) => path.split(":").at(-1));

test("a start after the last window was closed tells what was left connected, and a reload doesn't", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench, server } = vscode;
  const { notifications, dialog } = workbench;
  const status = statusOf(workbench);
  await connected(vscode);

  await workbench.reload();
  await status.waitFor({ text: `${name}: Connected` });
  await workbench.runCommand("Companion: Refresh");
  expect(await notifications.read(), "after a reload").toEqual([]);

  await closeForHours(vscode);
  await workbench.open(server.workspace);
  expect(await notifications.waitFor(told)).toMatchObject({
    severity: "warning",
    buttons: ["Disconnect…", "Refresh"],
  });
  await vscode.screenshot("told");
  expect(await sent(gateway)).toEqual(["connect"]);
  await notifications.click(told, "Disconnect…");
  await dialog.click("Disconnect");
  await status.waitFor({ text: `${name}: Disconnected` });
  expect(await sent(gateway)).toEqual(["connect", "disconnect"]);

  // What was disconnected in the meantime isn't mentioned.
  await connected(vscode);
  await closeForHours(vscode);
  await gateway.changeElsewhere(id, "disconnect", {});
  await untilState(gateway, id, "DISCONNECTED");
  await workbench.open(server.workspace);
  await status.waitFor({ text: `${name}: Disconnected` });
  await workbench.runCommand("Companion: Refresh");
  expect(await notifications.read(), "after it was disconnected elsewhere").toEqual([]);
});
