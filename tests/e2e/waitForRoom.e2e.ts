import { expect } from "vitest";
import { chooseForConnect, startGateway, startSignedIn, statusOf, trainA, untilState } from "./companion.ts";
import { test, type VSCode } from "./harness/index.ts";

const { id, name } = trainA;
const pool = "h100-8x";
/** The environment that takes the room of the node pool. */
const other = "shared-tools";
/** Longer than the time between two reads of a node pool's usage. */
const untilRead = 60_000;

test("a connect waits for room, can be stopped and resumed after a reload, and is sent once", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { notifications, quickInput, dialog } = workbench;
  const status = statusOf(workbench);
  const waiting = { text: `${name}: Waiting for Room` };
  const connects = async () => (await gateway.posts()).filter(({ path }) => path.includes(`${id}:connect`));
  await gateway.changeElsewhere(other, "connect", { connection: { nodePoolId: pool, numRanks: 24 } });
  await untilState(gateway, other, "CONNECTED");

  await chooseToWait(vscode, async () => {
    expect((await dialog.read()).buttons).toEqual(
      expect.arrayContaining(["Choose Again…", "Wait for Room…", "Connect"]),
    );
    await vscode.screenshot("no room");
  });
  await vscode.screenshot("how long");
  await quickInput.accept();
  await status.waitFor(waiting);
  await notifications.waitFor(
    /^Language model training → h100-8x, 8 ranks: Waiting for room: \d of 8 ranks are free/,
  );
  expect(await status.tooltip()).toMatch(/Waiting for room: in h100-8x, until .*, if VS Code is running/);
  await vscode.screenshot("waiting");
  await status.click();
  await quickInput.waitForActive({ label: "Stop Waiting for Room" });
  await vscode.screenshot("menu");
  await quickInput.accept();
  await notifications.waitFor(`Canceled before the gateway accepted anything. ${name} wasn't changed.`);
  await status.waitFor({ text: `${name}: Disconnected` });

  await chooseToWait(vscode);
  await quickInput.type("90 min");
  await quickInput.waitForActive({ label: "For 1 h 30 m" });
  await quickInput.accept();
  await status.waitFor(waiting);
  await notifications.waitFor(/Waiting for room: \d of 8/);
  await workbench.waitUntilStored("companion.companion", 'roomWaits":[{');
  await workbench.reload();
  const stopped = `${name} is no longer waiting for room in ${pool}, because the window was closed or reloaded.`;
  expect((await notifications.waitFor(stopped)).buttons).toEqual(["Resume Waiting for Room"]);
  await status.waitFor({ text: new RegExp(`^${name}: Disconnected`) });
  await vscode.screenshot("after a reload");
  await notifications.click(stopped, "Resume Waiting for Room");
  await status.waitFor(waiting);
  await notifications.waitFor(/Waiting for room: \d of 8/);
  expect(await connects(), "nothing is sent while there's no room").toEqual([]);

  await gateway.changeElsewhere(other, "disconnect", {});
  await untilState(gateway, other, "DISCONNECTED");
  await notifications.waitFor(`${name} is connected to ${pool}.`, untilRead);
  await status.waitFor({ text: new RegExp(`^${name}: Connected|^${name} · `) });
  expect(await connects()).toHaveLength(1);
});

/** Chooses a connect for which there's no room, up to the question of how long to wait. */
async function chooseToWait(vscode: VSCode, look = async () => {}): Promise<void> {
  const { workbench } = vscode;
  await workbench.runCommand("Companion: Choose Node Pool…");
  await chooseForConnect(vscode, name, pool);
  await workbench.quickInput.choose("8 GPUs");
  await look();
  await workbench.dialog.click("Wait for Room…");
  await workbench.quickInput.waitForActive({ label: "For 1 h" });
}
