import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { SandboxHost, sandboxKeys } from "../blackbox/support/sandboxHost.js";
import {
  select,
  serverProcess,
  slowToConfirm,
  startGateway,
  startSignedIn,
  statusOf,
  vsix,
} from "./companion.ts";
import { findObstacles, type ThemeName, test, themes, until, type Workbench } from "./harness/index.ts";

const sideBar = ".part.sidebar";
const companionIcon = '.part.activitybar .action-item:has([aria-label^="Companion"])';
/** Connected from the start, like one other environment of the same user. */
const evaluation = "Evaluation";
/** Longer than a visible view waits between two lists, in milliseconds. */
const longerThanAnyRead = 65_000;

/** The rows of both views as screen readers get them, from top to bottom. */
const rowsOf = ({ page }: Workbench) =>
  page
    .locator(`${sideBar} .monaco-list-row`)
    .evaluateAll((rows) =>
      rows
        .sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top)
        .map((row) => row.getAttribute("aria-label") ?? ""),
    );

const waitForRow = (workbench: Workbench, label: RegExp) =>
  until(
    `a row ${label}`,
    () => rowsOf(workbench),
    (rows) => rows.some((row) => label.test(row)),
  );

const badgeOf = async ({ page }: Workbench) =>
  (await page.locator(`${companionIcon} .badge-content`).allTextContents()).filter(Boolean);

/** How often the gateway was asked for each route. */
async function askedOf(gateway: SandboxHost): Promise<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { route } of await gateway.received()) counts.set(route, (counts.get(route) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** Moves the focus in the view of environments to a row, with the keyboard. */
async function focusRow(workbench: Workbench, name: string): Promise<void> {
  const { page } = workbench;
  await workbench.runCommandByKeys("Companion: Focus on Environments View");
  await page.keyboard.press("Home");
  for (let i = 0; i < 20; i++) {
    const focused = page.locator(`${sideBar} .monaco-list-row.focused`);
    if ((await focused.first().getAttribute("aria-label"))?.startsWith(name)) return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`There's no row ${name}.`);
}

test("the view lists environments and node pools, and acts on a row, with the keyboard alone", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({ vsix: [vsix], settings: { "companion.gatewayUrl": gateway.url } });
  const { workbench } = vscode;
  const { page, quickInput } = workbench;
  await statusOf(workbench).waitFor({ text: "Companion: No Environment" });
  expect(await vscode.server.findProcesses(serverProcess), "activation starts nothing").toEqual([]);

  await workbench.runCommandByKeys("View: Show Companion");
  await page.locator(`${sideBar} .welcome-view-content`).getByText("Sign In", { exact: true }).waitFor();
  await vscode.screenshot("signed-out");
  await workbench.tabTo("Sign In");
  await page.keyboard.press("Enter");
  await quickInput.waitFor({ title: "Sign In to Fireworks" });
  await page.keyboard.type(sandboxKeys.main);
  await page.keyboard.press("Enter");

  await waitForRow(workbench, /^Mine, \d+ environments$/);
  await waitForRow(workbench, /^Shared with Me, 2 environments$/);
  await waitForRow(workbench, /^Others, 2 environments$/);
  await waitForRow(workbench, /^Evaluation, Connected, h100-8x, 2 GPUs, at least since /);
  await waitForRow(workbench, /^a100-west, free capacity unknown, /);
  const rows = await waitForRow(workbench, /^h100-8x, 10 GPUs free, up to 26, 8 per node, us-east-1a$/);
  expect(rows.find((row) => row.startsWith("l40s-failed"))).toMatch(/failed: no g6e.48xlarge capacity/);
  await until(
    "the badge",
    () => badgeOf(workbench),
    (texts) => texts.includes("2"),
  );
  expect(await askedOf(gateway)).not.toHaveProperty("GetNodePoolStats");
  await vscode.screenshot("listed");

  await focusRow(workbench, evaluation);
  await page.keyboard.press("Shift+F10");
  await page.locator(".context-view .monaco-menu").waitFor();
  await vscode.screenshot("row-menu");
  const actions = await page.locator(".monaco-menu .action-label").allTextContents();
  expect(actions.filter(Boolean)).toEqual(["Choose Node Pool…", "Disconnect…", "Set End…", "Copy ID"]);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect(await workbench.dialog.read()).toMatchObject({ message: `Disconnect ${evaluation} from h100-8x?` });
  await gateway.hold();
  await workbench.dialog.click("Disconnect");
  await waitForRow(workbench, /^Evaluation, Disconnecting…/);
  await vscode.screenshot("disconnecting");
  await gateway.release();
  await waitForRow(workbench, /^Evaluation, Disconnected, last on h100-8x$/);
  await until(
    "the badge",
    () => badgeOf(workbench),
    (texts) => texts.includes("1"),
  );
  expect((await statusOf(workbench).read())?.text, "the workspace keeps its environment").toBe(
    "Companion: No Environment",
  );

  await workbench.runCommandByKeys("View: Toggle Primary Side Bar Visibility");
  await page.locator(sideBar).waitFor({ state: "hidden" });
  await delay(2_000); // a read that had already begun
  await gateway.clear();
  await delay(longerThanAnyRead);
  expect(await gateway.received(), "a hidden view asks nothing").toEqual([]);

  await workbench.runCommandByKeys("View: Show Companion");
  await until(
    "the lists",
    () => askedOf(gateway),
    ({ ListEnvironments, ListNodePools }) => ListEnvironments !== undefined && ListNodePools !== undefined,
  );
  await delay(2_000);
  expect(await askedOf(gateway), "one list for all").toEqual({ ListEnvironments: 1, ListNodePools: 1 });
});

test("the view has no accessibility barriers in any theme, also in a narrow window", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { page } = workbench;
  await workbench.runCommand("View: Show Companion");
  await waitForRow(workbench, /^Evaluation, Connected/);
  await waitForRow(workbench, /^h100-8x, /);
  const obstacles: unknown[] = [];
  for (const theme of Object.keys(themes) as ThemeName[]) {
    await vscode.useTheme(theme);
    await focusRow(workbench, evaluation);
    await vscode.screenshot(theme);
    const found = await findObstacles(page, [`${sideBar} .pane-body`, companionIcon]);
    if (found.length > 0) obstacles.push({ theme, found });
  }
  await page.setViewportSize({ width: 600, height: 800 });
  await vscode.screenshot("narrow");
  expect(obstacles).toEqual([]);
});

test("rows show the same truth as the status bar, with one list for 1,000 environments", async ({
  startVSCode,
}) => {
  await using gateway = await SandboxHost.start(["--environments", "1000"]);
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const status = statusOf(workbench);
  await select(vscode, evaluation);
  await delay(2_000); // reads that had already begun
  await gateway.clear();

  await workbench.runCommandByKeys("View: Show Companion");
  await waitForRow(workbench, /^Evaluation, Connected, h100-8x, 2 GPUs, .*, this workspace$/);
  await waitForRow(workbench, /^Mine, 3\d\d environments$/);
  await delay(2_000);
  const { ListEnvironments, ListNodePools, GetEnvironment = 0, ...others } = await askedOf(gateway);
  expect(others).toEqual({});
  expect(ListEnvironments, "one request per page").toBe(6);
  expect(ListNodePools).toBe(1);
  expect(GetEnvironment, "only the selected one").toBeLessThan(3);
  await vscode.screenshot("many");

  await gateway.changeElsewhere("eval-c", "disconnect", {});
  await waitForRow(workbench, /^Evaluation, Disconnected, /);
  await status.waitFor({ text: `${evaluation}: Disconnected` });

  await slowToConfirm(gateway);
  await vscode.server.killProcesses(serverProcess);
  await waitForRow(workbench, /^Evaluation, Disconnected\? \(/);
  await vscode.screenshot("not-confirmed");
  await status.waitFor({ text: `${evaluation}: Disconnected` });
  await waitForRow(workbench, /^Evaluation, Disconnected, /);
});
