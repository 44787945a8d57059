import { mkdtemp, readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { sandboxKeys } from "../blackbox/support/sandboxHost.ts";
import { writeSystemctl } from "../blackbox/support/systemctl.ts";
import { beginToConnect, connect, startGateway, startSignedIn, statusOf, trainA, vsix } from "./companion.ts";
import { test } from "./harness/index.ts";

const { name } = trainA;
/** Longer than the shortest possible end, which is a minute. */
const untilTheEnd = 90_000;

test("a connection ends when the user said, and an end can be moved and cleared", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { quickInput, notifications, page } = workbench;
  const status = statusOf(workbench);

  await beginToConnect(vscode, async () => {
    await quickInput.choose("More…");
    await quickInput.waitForActive({ label: "Role" });
    await quickInput.choose("End");
    await quickInput.waitForActive({ label: "Until I Disconnect" });
    await vscode.screenshot("ends");
    await page.keyboard.type("soon");
    await quickInput.waitForActive({ detail: /^Enter a duration/ });
    await quickInput.type("1 min");
    await quickInput.waitForActive({ label: "After 1 m" });
    await quickInput.accept();
    await quickInput.waitForActive({ label: "Done" });
    await vscode.screenshot("end chosen");
    await quickInput.accept();
    await quickInput.waitForActive({ label: "1 GPU" });
  });
  await notifications.waitFor(/^Language model training → h100-8x, 1 rank, ends after 1 m/);
  await status.waitFor({ text: /^Language model training: Ends in \d+ s$/ });
  await vscode.screenshot("countdown");
  expect((await gateway.posts()).length, "the end is Companion's own").toBe(1);

  await workbench.runCommand("Companion: Set End…");
  await quickInput.waitFor({ title: `Set End of ${name}` });
  await quickInput.choose("Until I Disconnect");
  await notifications.waitFor(`${name} stays connected until you disconnect it.`);
  await status.waitFor({ text: `${name}: Connected` });

  await workbench.runCommand("Companion: Set End…");
  await quickInput.waitForActive({ label: "After 1 m" });
  await quickInput.accept();
  await notifications.waitFor(/^Language model training ends .*, if VS Code is running then\.$/);
  await status.waitFor({ text: /Ends in/ });
  await vscode.screenshot("end set");
  await status.waitFor({ text: `${name}: Disconnected` }, untilTheEnd);
  await notifications.waitFor(`${name} is no longer connected. It has reached the end that you set.`);
  await vscode.screenshot("ended");
  const [connect, disconnect, ...more] = await gateway.posts();
  expect([connect?.body, disconnect?.body, more]).toEqual([
    expect.objectContaining({ connection: { nodePoolId: "h100-8x", numRanks: 1 } }),
    {},
    [],
  ]);

  // Connecting again the same way sets the same end, and says so before.
  await status.click();
  await quickInput.waitForActive({ description: `${name} → h100-8x, 1 rank, ends after 1 m` });
  await vscode.screenshot("menu");
});

test("an end is extended while a task is running, if the user allows it", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const train = { label: "train", type: "shell", command: "sleep 600", problemMatcher: [] };
  const vscode = await startSignedIn(startVSCode, gateway, {
    files: { ".vscode/tasks.json": JSON.stringify({ version: "2.0.0", tasks: [train] }) },
    settings: { "companion.lease.extendWhileBusy": 2, "companion.defaultEnd": "1 min" },
  });
  const { workbench } = vscode;
  await workbench.runCommand("Tasks: Run Task");
  await workbench.quickInput.choose("train");
  await beginToConnect(vscode);
  const extended =
    /^Language model training now ends .*, because work is running in this window\. It's extended until .* at the latest\. Running tasks: train\.$/;
  await workbench.notifications.waitFor(extended);
  await vscode.screenshot("extended");
  expect(await statusOf(workbench).tooltip()).toMatch(/Ends: /);
  expect(await gateway.posts(), "the gateway isn't asked for anything").toHaveLength(1);
});

test("an end can be kept even if VS Code is closed, if the system has the key", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const home = await mkdtemp(join(tmpdir(), "companion-home-"));
  const PATH = writeSystemctl(join(home, "bin"));
  await writeFile(join(home, ".profile"), `PATH="${PATH}"\n`); // VS Code takes the variables of a login shell
  const units = join(home, ".config", "systemd", "user");
  const vscode = await startVSCode({
    vsix: [vsix],
    settings: { "companion.gatewayUrl": gateway.url },
    environment: { FIREWORKS_API_KEY: sandboxKeys.main, HOME: home, PATH },
  });
  const { workbench } = vscode;
  const { quickInput, notifications } = workbench;
  await connect(vscode);

  await workbench.runCommand("Companion: Set End…");
  await quickInput.waitFor({ title: `Set End of ${name} (1/2)` });
  await vscode.screenshot("end, with a step for what keeps it");
  await quickInput.choose("After 1 h");
  await quickInput.waitFor({ title: `Set End of ${name} (2/2)` });
  await vscode.screenshot("what keeps it");
  await quickInput.choose("Even If VS Code Is Closed");
  await notifications.waitFor(
    /^Language model training ends .*, if this computer is on and you're logged in then\.$/,
  );
  await vscode.screenshot("kept by the system");
  expect(await statusOf(workbench).tooltip()).toMatch(
    /Ends: .*, if this computer is on and you're logged in then/,
  );
  expect((await readdir(units)).filter((unit) => /^companion-end-.*\.timer$/.test(unit))).toHaveLength(1);

  await workbench.runCommand("Companion: Set End…");
  await quickInput.choose("Until I Disconnect");
  await notifications.waitFor(`${name} stays connected until you disconnect it.`);
  await expect.poll(() => readdir(units)).toEqual([]);
});
