import { expect } from "vitest";
import { type SandboxHost, sandboxKeys } from "../blackbox/support/sandboxHost.js";
import {
  inProgress,
  signIn,
  startGateway,
  startSignedIn,
  startToConnect,
  statusOf,
  trainA,
  vsix,
} from "./companion.ts";
import { test, until, type VSCode, type Workbench } from "./harness/index.ts";

const signedOut = { text: "Companion: Signed Out", ariaLabel: "Companion: signed out" };
/** How often an unused window asks the gateway, in milliseconds: every 30 s, plus or minus a random tenth. */
const patience = 60_000;
/** A few seconds on a slow machine in milliseconds, but less than those 30 s. */
const soon = 5_000;

/** Two windows of one user that both show the confirmed state of {@link trainA}. */
async function twoWindows(vscode: VSCode): Promise<readonly [Workbench, Workbench]> {
  const first = vscode.workbench;
  await first.runCommand("Companion: Select Environment…");
  await first.quickInput.choose(trainA.name);
  await statusOf(first).waitFor({ text: `${trainA.name}: Disconnected` });
  const second = await vscode.openWindow();
  await second.runCommand("Companion: Select Environment…");
  await second.quickInput.choose(trainA.name);
  await statusOf(second).waitFor({ text: `${trainA.name}: Disconnected` });
  return [first, second];
}

/** The notifications of each window that haven't been dismissed. */
async function said(windows: readonly Workbench[]): Promise<string[][]> {
  const all: string[][] = [];
  for (const { page, notifications } of windows) {
    await page.bringToFront();
    all.push((await notifications.readCenter()).map(({ message }) => message));
  }
  return all;
}

async function revokeKeys(gateway: SandboxHost): Promise<void> {
  const body = JSON.stringify({ code: 16, message: "The key was revoked." });
  await gateway.script({ times: null, fault: { status: 401, body } });
}

test("a change in one window shows in the other one within seconds", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const [first, second] = await twoWindows(vscode);

  const shown = async (text: string | RegExp, actor: Workbench, other: Workbench) => {
    await statusOf(actor).waitFor({ text });
    await statusOf(other).waitFor({ text }, soon);
  };

  await startToConnect(vscode, gateway);
  await shown(inProgress(trainA.name, "Connecting…"), first, second);
  await gateway.release();
  await shown(`${trainA.name}: Connected`, first, second);
  await vscode.screenshot("second", second);
  expect(await second.notifications.read(), "who did not ask is told nothing").toEqual([]);

  await second.runCommand("Companion: Disconnect…");
  await gateway.hold();
  await second.dialog.click("Disconnect");
  await shown(inProgress(trainA.name, "Disconnecting…"), second, first);
  await gateway.release();
  await shown(`${trainA.name}: Disconnected`, second, first);
  expect(await gateway.posts()).toHaveLength(2);
});

test("signing out in one window signs out the other one, which shows it only in the status bar", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const [first, second] = await twoWindows(vscode);

  await first.runCommand("Companion: Sign Out");
  await first.notifications.waitFor("Signed out in all windows. The API key was deleted.");
  await statusOf(first).waitFor(signedOut);
  await statusOf(second).waitFor(signedOut);
  expect(await second.notifications.read(), "no popup in the other window").toEqual([]);
  await vscode.screenshot("first");
  await vscode.screenshot("second", second);

  // A reloaded window shows it before anything has started.
  await second.reload();
  await statusOf(second).waitFor(signedOut);

  await signIn(vscode, sandboxKeys.main);
  await statusOf(first).waitFor({ text: `${trainA.name}: Disconnected` });
  // In a browser, a window reads the secret storage when it's loaded, so it offers a reload.
  await second.runCommand("Companion: Refresh");
  await second.quickInput.waitFor({ placeholder: "You're not signed in" });
  await vscode.screenshot("reload", second);
  const loaded = second.page.waitForEvent("load");
  await second.quickInput.choose("Reload Window");
  await loaded;
  await second.ready();
  await second.runCommand("Companion: Refresh");
  await statusOf(second).waitFor({ text: `${trainA.name}: Disconnected` });
});

test("a key that stops working leads to one prompt, not one in each window", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const windows = await twoWindows(vscode);
  await windows[0].runCommand("Notifications: Clear All Notifications");

  await revokeKeys(gateway);
  for (const window of windows) await statusOf(window).waitFor(signedOut, patience);
  const told = await said(windows);
  const refusal = expect.stringMatching(/^The API key was rejected: /);
  expect(told.flat()).toEqual([refusal]);
  await vscode.screenshot("first");
  await vscode.screenshot("second", windows[1]);

  // A restarted server is rejected too, but that isn't reported again.
  for (const window of windows) await window.runCommand("Companion: Restart Server");
  for (const window of windows) await statusOf(window).waitFor(signedOut);
  const after = await until(
    "the end of the restarts",
    () => said(windows),
    (messages) => !messages.flat().includes("Restarting Companion's server"),
  );
  expect(after).toEqual(told);

  // An accepted key signs in again. If it's rejected later, that's reported again.
  await gateway.clear();
  await signIn(vscode, sandboxKeys.main);
  await statusOf(windows[0]).waitFor({ text: `${trainA.name}: Disconnected` });
});

test("a window that is lost without being closed leaves the prompt to the next one", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const [lost, next] = await twoWindows(vscode);
  await next.runCommand("Notifications: Clear All Notifications");
  await lost.page.bringToFront();
  await lost.runCommand("Notifications: Clear All Notifications"); // it keeps the focus for its extension host
  await lost.crash();

  await revokeKeys(gateway);
  await next.page.bringToFront();
  await statusOf(next).waitFor(signedOut, patience);
  await next.notifications.waitFor(/^The API key was rejected: /);
  await vscode.screenshot("told", next);
});

test("a window stays in the sandbox whatever another window of its folder does", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const [first, second] = await twoWindows(vscode);

  await first.page.bringToFront();
  await first.runCommand("Companion: Try the Sandbox");
  await first.notifications.waitFor(/^You're in the sandbox/);
  await first.runCommand("Companion: Select Environment…");
  await first.quickInput.choose(trainA.name);
  const inSandbox = { text: `${trainA.name}: Disconnected (Sandbox)` };
  await statusOf(first).waitFor(inSandbox);

  // The other window reports it, stays as it is, and saves its own choices.
  const entered =
    "Another window for this folder switched to the sandbox. This window keeps using the real gateway until you reload it.";
  expect((await second.notifications.waitFor(entered)).buttons).toEqual(["Reload Window"]);
  await vscode.screenshot("differs", second);
  await second.page.bringToFront();
  await second.runCommand("Companion: Refresh");
  await second.runCommand("Companion: Select Environment…");
  await second.quickInput.choose("Reward model training");
  await statusOf(second).waitFor({ text: /^Reward model training: [^?(]*$/ });

  await first.page.bringToFront();
  await first.reload();
  await statusOf(first).waitFor({ text: new RegExp(`^${trainA.name}: .*\\(Sandbox\\)$`) });
  await vscode.screenshot("reloaded", first);
  await statusOf(second).waitFor({ text: /^Reward model training: [^?(]*$/ });
  expect(await gateway.posts()).toHaveLength(0);
});

test("a key from the environment is used without asking, and no longer after signing out", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({
    vsix: [vsix],
    settings: { "companion.gatewayUrl": gateway.url },
    environment: { FIREWORKS_API_KEY: sandboxKeys.main },
  });
  const { workbench } = vscode;
  const { quickInput, notifications } = workbench;
  const status = statusOf(workbench);

  await workbench.runCommand("Companion: Select Environment…");
  await quickInput.choose(trainA.name);
  await status.waitFor({ text: `${trainA.name}: Disconnected` });
  expect(await status.tooltip()).toContain("API key from: FIREWORKS_API_KEY");
  expect(await notifications.read(), "nothing is asked or announced").toEqual([]);
  expect(await vscode.server.readOutput("Companion")).toContain(
    "Signed in to account acme-research; the API key is from FIREWORKS_API_KEY.",
  );
  await vscode.screenshot("used");

  await workbench.runCommand("Companion: Sign Out");
  await notifications.waitFor(/^Signed out in all windows. The key in FIREWORKS_API_KEY won't be used again/);
  await workbench.reload();
  await status.waitFor(signedOut);
  await workbench.runCommand("Companion: Refresh");
  await quickInput.waitFor({ placeholder: "You're not signed in" });
  await vscode.screenshot("not used");
  await quickInput.choose("Sign In…");
  await quickInput.waitFor({ placeholder: "Choose an API key" });
  await vscode.screenshot("offered");
  await quickInput.choose("The key in FIREWORKS_API_KEY");
  await notifications.waitFor(/^Signed in to account acme-research/);
  await status.waitFor({ text: `${trainA.name}: Disconnected` });
});
