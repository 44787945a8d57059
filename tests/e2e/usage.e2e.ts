import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { connect, disconnectElsewhere, startGateway, startSignedIn } from "./companion.ts";
import { findObstacles, type ThemeName, test, themes, until, type VSCode } from "./harness/index.ts";

const hour = 3_600_000;

interface History {
  ended: { from: string; until: string; environmentId: string; displayName: string; numRanks: number }[];
}

/** The file with the connections that ended this month, as soon as it's there. */
async function monthFile({ server }: VSCode): Promise<string> {
  const state = join(server.userData, "User", "globalStorage", "companion.companion", "state");
  const names = () => readdirSync(state).filter((name) => /^v1\.usage\.\d/.test(name));
  const [name = ""] = await until(
    "the history",
    async () => names(),
    (found) => found.length === 1,
  );
  return join(state, name);
}

/** Adds connections of the last two weeks, as if they had been recorded. */
async function pastConnections(vscode: VSCode): Promise<void> {
  const file = await monthFile(vscode);
  const history = JSON.parse(readFileSync(file, "utf8")) as History;
  const [row] = history.ended;
  if (!row) throw new Error("The connection that has just ended isn't in the history.");
  for (let ago = 1; ago <= 14; ago++) {
    const today = new Date();
    const from = new Date(today.getFullYear(), today.getMonth(), today.getDate() - ago, 3).getTime();
    const add = (hours: number, other: object) =>
      history.ended.push({
        ...row,
        from: new Date(from).toISOString(),
        until: new Date(from + hours * hour).toISOString(),
        ...other,
      });
    add((ago % 5) + 1, { numRanks: 8 });
    if (ago % 3 === 0) {
      const endedBefore = new Date(from + 6 * hour).toISOString();
      add(2, { environmentId: "eval-c", displayName: "Evaluation <b>", numRanks: 4, endedBefore });
    }
  }
  writeFileSync(file, JSON.stringify(history));
}

/** The page inside VS Code's frames for webviews. */
async function pageOf({ workbench: { page } }: VSCode) {
  const outer = await page.locator("iframe.webview.ready").elementHandle();
  const inner = await (await outer?.contentFrame())?.locator("#active-frame").elementHandle();
  const frame = await inner?.contentFrame();
  if (!frame) throw new Error("The page isn't there.");
  await frame.locator("#table").waitFor();
  return frame;
}

test("the usage page shows hours and costs, works with the keyboard, and deletes the history only on request", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway, {
    settings: { "companion.rates": { "p5.48xlarge": 2.5 } },
  });
  const { workbench } = vscode;
  await connect(vscode);
  await disconnectElsewhere(vscode, gateway);
  await pastConnections(vscode);

  await workbench.runCommand("Companion: Show Usage");
  const frame = await pageOf(vscode);
  const summary = frame.locator("#summary");
  expect(await summary.innerText()).toMatch(
    /^At least [\d.,]+ GPU-hours in the last 30 days \(≈ \$[\d,]+ at your rates\)\. 16 h weren't watched\./,
  );
  expect(await frame.locator("#table tbody tr").count()).toBe(19);
  expect(await frame.locator("#table").innerText()).toContain("Evaluation <b>");
  const obstacles = [];
  for (const theme of Object.keys(themes) as ThemeName[]) {
    await vscode.useTheme(theme);
    await vscode.screenshot(theme);
    obstacles.push(...(await findObstacles(frame, ["main"])));
  }
  expect(obstacles).toEqual([]);

  await frame.locator("#groupBy").focus();
  await workbench.page.keyboard.press("ArrowDown");
  await frame.locator("caption", { hasText: "Usage by day and node pool" }).waitFor();
  expect(await frame.evaluate(() => document.activeElement?.id), "the focus stays").toBe("groupBy");
  await frame.locator("#range").focus();
  await workbench.page.keyboard.press("ArrowUp");
  await until(
    "the last 7 days",
    () => summary.innerText(),
    (text) => text.includes("in the last 7 days"),
  );
  await vscode.screenshot("by node pool");

  await frame.locator("#deleteHistory").press("Enter");
  expect((await workbench.dialog.read()).message).toBe(`Delete the usage history of ${gateway.url}?`);
  await vscode.screenshot("delete");
  await workbench.dialog.click("Cancel");
  expect(await summary.innerText()).toContain("in the last 7 days");
  await frame.locator("#deleteHistory").press("Enter");
  await workbench.dialog.click("Delete");
  await until(
    "the history to be empty",
    () => summary.innerText(),
    (text) => text.startsWith("No connections in the last 7 days."),
  );
  await vscode.screenshot("deleted");
});
