import { expect } from "vitest";
import { connect, select, startGateway, startSignedIn, statusOf, trainA } from "./companion.ts";
import { test, until } from "./harness/index.ts";

const { id, name } = trainA;
const told = `${name} is no longer connected.`;
/** How often an unused window asks the gateway, in milliseconds: every 30 s, plus or minus a random tenth. */
const patience = 60_000;

test("what happens without the user is told in one window, with the next step, and what they did isn't", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const first = vscode.workbench;
  await select(vscode, name);
  const second = await vscode.openWindow();
  await second.runCommand("Companion: Select Environment…");
  await second.quickInput.choose(name);
  const windows = [first, second];
  const both = async (text: string, timeout?: number) => {
    for (const window of windows) await statusOf(window).waitFor({ text: `${name}: ${text}` }, timeout);
  };
  const countTold = async () => {
    let count = 0;
    for (const { page, notifications } of windows) {
      await page.bringToFront();
      count += (await notifications.read()).filter(({ message }) => message === told).length;
    }
    return count;
  };

  await first.page.bringToFront();
  await connect(vscode);
  await both("Connected");
  await first.runCommand("Companion: Disconnect…");
  await first.dialog.click("Disconnect");
  await both("Disconnected");
  expect(await countTold(), "after the user's own disconnect").toBe(0);

  await first.page.bringToFront();
  await connect(vscode);
  await both("Connected");
  await gateway.changeElsewhere(id, "disconnect", {});
  await both("Disconnected", patience);
  await until("notification of somebody else's disconnect", countTold, (count) => count > 0);
  expect(await countTold(), "after somebody else's disconnect").toBe(1);

  const shown = (await first.notifications.read()).some(({ message }) => message === told);
  const teller = shown ? first : second;
  await teller.page.bringToFront();
  expect(await teller.notifications.waitFor(told)).toMatchObject({
    severity: "info",
    buttons: ["Connect…", "Choose Node Pool…"],
  });
  await vscode.screenshot("told", teller);
  await teller.notifications.click(told, "Connect…");
  await both("Connected");
  expect(await countTold()).toBe(0);
});
