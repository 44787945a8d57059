import { expect } from "vitest";
import type { SandboxHost } from "../blackbox/support/sandboxHost.js";
import {
  disconnectElsewhere,
  inProgress,
  startGateway,
  startSignedIn,
  statusOf,
  trainA,
} from "./companion.ts";
import { test, type VSCode } from "./harness/index.ts";

const { name } = trainA;
const plan = `${name} → h100-8x, 8 ranks`;
const connectBody = { connection: { nodePoolId: "h100-8x", numRanks: 8 } };

test("the first connect needs only the keyboard, and later ones only Enter", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { quickInput, notifications, page } = workbench;
  const status = statusOf(workbench);
  const { press, pressed } = counted(vscode);

  await workbench.openPalette();
  await page.keyboard.type("Companion: Connect");
  await quickInput.waitForActive({ label: "Companion: Connect" });
  await press("Enter");
  await quickInput.waitForActive({ label: name });
  await vscode.screenshot("1 environment");
  await page.keyboard.type(name);
  await quickInput.waitForActive({ label: name });
  await press("Enter");
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  await quickInput.waitForActive({ label: "h100-8x" });
  await vscode.screenshot("2 node pool");
  await press("Enter");
  await quickInput.waitFor({ title: `Connect ${name} to h100-8x (3/3)` });
  await quickInput.waitForActive({ label: "1 GPU" });
  await page.keyboard.type("8");
  await quickInput.waitForActive({ label: "8 GPUs" });
  await vscode.screenshot("3 ranks");
  await press("Enter");
  await status.waitFor({ text: `${name}: Connected` });
  expect(bodies(await gateway.posts())).toEqual([expect.objectContaining(connectBody)]);

  // While it's connected, Connect only says so.
  expect((await workbench.findCommands("Companion: Connect"))[0]).toBe("Companion: Connect");
  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.click("Disconnect");
  await status.waitFor({ text: `${name}: Disconnected` });
  expect(await workbench.findCommands("Companion: Disconnect")).not.toContain("Companion: Disconnect…");

  const before = pressed.length;
  await workbench.openPalette();
  await quickInput.waitForActive({ label: "Companion: Connect" });
  await vscode.screenshot("4 palette");
  await press("Enter");
  await notifications.waitFor(new RegExp(`^${plan}`));
  await vscode.screenshot("5 connecting again");
  await status.waitFor({ text: `${name}: Connected` });
  expect(pressed.slice(before), "keys after the palette is open").toEqual(["Enter"]);
  expect(await workbench.dialog.isOpen()).toBe(false);
  expect(bodies(await gateway.posts())).toEqual([
    expect.objectContaining(connectBody),
    {},
    expect.objectContaining(connectBody),
  ]);
});

test("the palette highlights Connect for its name, whatever was used before", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const first = async () => (await workbench.findCommands("Companion: Connect"))[0];

  expect(await first(), "nothing").toBe("Companion: Connect");
  await workbench.runCommand("Companion: Choose Node Pool…");
  await workbench.quickInput.cancel();
  expect(await first(), "another node pool").toBe("Companion: Connect");
  await connectedOnce(vscode, gateway, "h100-8x", "8");
  expect(await first(), "Connect").toBe("Companion: Connect");
  await workbench.runCommand("Companion: Connect");
  await statusOf(workbench).waitFor({ text: `${name}: Connected` });
  expect(await first(), "Connect, while connected").toBe("Companion: Connect");
  await workbench.runCommand("Companion: Connect");
  await workbench.notifications.waitFor(`Already connected: ${plan}.`);
  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.click("Disconnect");
  await statusOf(workbench).waitFor({ text: `${name}: Disconnected` });
  expect(await first(), "Disconnect").toBe("Companion: Connect");
});

test("connects again from the menu, with a key, and after a reload, and only once if it's asked several times", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const keybindings = [{ key: "ctrl+alt+c", command: "companion.connect" }];
  const vscode = await startSignedIn(startVSCode, gateway, { keybindings });
  const { workbench } = vscode;
  const { quickInput, page } = workbench;
  const status = statusOf(workbench);
  await connectedOnce(vscode, gateway, "h100-8x", "8");

  await status.click();
  await quickInput.waitForActive({ label: "Connect", description: plan });
  await vscode.screenshot("menu");
  await gateway.hold();
  await page.keyboard.press("Enter");
  await status.waitFor({ text: inProgress(name, "Connecting…") });
  await status.click();
  const offered = (await quickInput.items()).map(({ label }) => label);
  expect(offered).not.toContain("Connect");
  expect(offered).toContain("Choose Node Pool…");
  await vscode.screenshot("menu while connecting");
  await quickInput.cancel();
  await gateway.release();
  await status.waitFor({ text: `${name}: Connected` });
  expect(await connects(gateway)).toBe(2);

  await disconnectElsewhere(vscode, gateway);
  await workbench.reload();
  await status.waitFor({ text: `${name}: Disconnected` });
  // Two key presses before the first one has checked the state.
  await page.keyboard.press("Control+Alt+C");
  await page.keyboard.press("Control+Alt+C");
  await workbench.notifications.waitFor(/is already being connected/);
  await status.waitFor({ text: `${name}: Connected` });
  await workbench.notifications.waitFor(`${name} is connected to h100-8x.`);
  // And one too late: a key also runs a command that the palette doesn't offer.
  await page.keyboard.press("Control+Alt+C");
  await workbench.notifications.waitFor(`Already connected: ${plan}.`);
  await vscode.screenshot("connected already");
  expect(await connects(gateway)).toBe(3);
});

test("shows what has changed before it connects, and asks about another zone once", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { dialog, quickInput, page } = workbench;
  const status = statusOf(workbench);
  await connectedOnce(vscode, gateway, "h100-8x", "8");

  // Another environment takes the free capacity.
  await gateway.changeElsewhere("train-b", "connect", connectBody);
  await workbench.runCommand("Companion: Connect");
  const less = await dialog.read();
  expect(less).toEqual({
    message: plan,
    detail: "Only 2 ranks free now. h100-8x must scale up first, which takes time.",
    buttons: expect.arrayContaining(["Connect", "Choose Again…", "Cancel"]),
  });
  await vscode.screenshot("less capacity");
  await dialog.click("Cancel");
  expect(await connects(gateway), "train-b's and the first one").toBe(2);

  // The node pool is no longer ready.
  const pool = { name: "accounts/acme-research/nodePools/h100-8x", state: "DELETING" };
  await gateway.script({ route: "GetNodePool", fault: { status: 200, body: JSON.stringify(pool) } });
  await workbench.runCommand("Companion: Connect");
  expect(await dialog.read()).toMatchObject({
    message: `${name} can't be connected to h100-8x.`,
    detail: "h100-8x can't be used (being deleted).",
  });
  await vscode.screenshot("pool not ready");
  await dialog.click("Choose Again…");

  // A node pool outside of the volume's zone.
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  await quickInput.waitForActive({ label: "h100-8x" });
  const pools = await quickInput.items();
  expect(pools.find(({ separator }) => separator === "Other zones")?.label).toBe("cpu-spot-west");
  expect(pools.find(({ label }) => label === "a100-west")?.detail).toContain(
    "volume in us-east-1a, slow to move",
  );
  await vscode.screenshot("zones");
  await quickInput.choose("a100-west");
  await quickInput.waitForActive({ label: "8 GPUs", description: "same as last time" });
  await quickInput.accept();
  const zones = await dialog.read();
  expect(zones.message).toBe(`${name} → a100-west, 8 ranks`);
  expect(zones.detail).toBe(
    "Its volume is in zone us-east-1a, but the node pool is in zone us-west-2b. Moving data between zones is slow.",
  );
  await vscode.screenshot("another zone");

  // Enter doesn't accept the risk, but leads back to the node pools.
  await page.keyboard.press("Enter");
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  expect(await connects(gateway)).toBe(2);
  await quickInput.choose("a100-west");
  await quickInput.waitFor({ title: `Connect ${name} to a100-west (3/3)` });
  await quickInput.waitForActive({ label: "8 GPUs" });
  await quickInput.accept();
  await dialog.click("Connect");
  await status.waitFor({ text: `${name}: Connected` });
  await disconnectElsewhere(vscode, gateway);
  await workbench.runCommand("Companion: Connect");
  await status.waitFor({ text: `${name}: Connected` });
  expect(await connects(gateway), "the volume has moved: nothing to ask").toBe(4);
});

/** Connects with the pickers and disconnects again, so that there's a last connection. */
async function connectedOnce(
  vscode: VSCode,
  gateway: SandboxHost,
  nodePool: string,
  ranks: string,
): Promise<void> {
  const { workbench } = vscode;
  const { quickInput } = workbench;
  await workbench.runCommand("Companion: Connect");
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await quickInput.choose(name);
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  await quickInput.choose(nodePool);
  await quickInput.waitFor({ title: /\(3\/3\)/ });
  await quickInput.type(ranks);
  await quickInput.waitForActive({ label: `${ranks} GPUs` });
  await quickInput.accept();
  await statusOf(workbench).waitFor({ text: `${name}: Connected` });
  await disconnectElsewhere(vscode, gateway);
}

/** Presses keys, and counts them. */
function counted({ workbench }: VSCode) {
  const pressed: string[] = [];
  const press = async (key: string) => {
    pressed.push(key);
    await workbench.page.keyboard.press(key);
  };
  return { press, pressed };
}

const bodies = (posts: readonly { body: unknown }[]) => posts.map(({ body }) => body);

async function connects(gateway: SandboxHost): Promise<number> {
  return (await gateway.posts()).filter(({ path }) => path.endsWith(":connect")).length;
}
