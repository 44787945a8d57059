import { expect } from "vitest";
import {
  beginToConnect,
  chooseForConnect,
  startGateway,
  startSignedIn,
  statusOf,
  trainA,
  untilState,
} from "./companion.ts";
import { test, until, type VSCode } from "./harness/index.ts";

const { id, name } = trainA;

test("progress shows the stage, and how long it usually takes once that's known; cancelling says what's still happening", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  await gateway.hold();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { notifications } = workbench;
  const status = statusOf(workbench);

  await beginToConnect(vscode);
  const connecting = new RegExp(`^${name} → h100-8x.*: Accepted, connecting since \\d`);
  const first = await notifications.waitFor(connecting);
  expect(first.message, "never seen before").not.toContain("usually");
  expect(first.buttons).toEqual(["Cancel"]);
  await vscode.screenshot("the first time");
  await gateway.release();
  await notifications.waitFor(`${name} is connected to h100-8x.`);
  expect(await status.tooltip()).toMatch(/Connected since: /);

  await gateway.changeElsewhere(id, "disconnect", {});
  await untilState(gateway, id, "DISCONNECTED");
  await workbench.runCommand("Companion: Refresh");
  await status.waitFor({ text: `${name}: Disconnected` });
  await gateway.hold();
  await beginToConnect(vscode);
  const second = await notifications.waitFor(connecting);
  expect(second.message).toMatch(/ \(usually about \d+ s\)$/);
  await vscode.screenshot("the second time");

  await notifications.click(connecting, "Cancel");
  await notifications.waitFor(
    `Stopped waiting. ${name} is still being connected, and you're charged for what it connects to. ` +
      "The status bar shows its state. You can disconnect it once it's connected.",
  );
  await vscode.screenshot("stopped waiting");

  await notifications.click(/^Stopped waiting/, "Disconnect When Connected");
  expect((await workbench.dialog.read()).message).toBe(`Disconnect ${name} as soon as it's connected?`);
  await vscode.screenshot("disconnect when connected");
  await workbench.dialog.click("Disconnect When Connected");
  await status.waitFor({
    text: new RegExp(`^${name}: Connecting… \\d+ s, usually \\d+ s, then disconnect$`),
  });
  await vscode.screenshot("planned");
  await gateway.release();
  await notifications.waitFor(`${name} is disconnected.`);
  expect((await gateway.posts()).map(({ path }) => path.split(":").at(-1))).toEqual([
    "connect",
    "disconnect",
    "connect",
    "disconnect",
  ]);
});

test("a failed connect shows the gateway's message, and its first button is the next step", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { notifications, quickInput } = workbench;
  await connectTo(vscode, "h200-full");
  await workbench.dialog.click("Connect");
  const full = new RegExp(
    `^${name} wasn't connected\\. Message from the gateway: node pool h200-full has no capacity`,
  );
  const said = await notifications.waitFor(full);
  expect(said.message).toContain("Choose another node pool or fewer ranks, or wait for room.");
  expect(said.buttons).toEqual(["Choose Another…", "Wait for Room…", "Show Log"]);
  await vscode.screenshot("no room");

  // The keyboard selects the first button, which leads to the node pools.
  await workbench.runCommand("Notifications: Accept Notification Primary Action");
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  await vscode.screenshot("another node pool");
  await quickInput.choose("cpu-large");
  await quickInput.waitFor({ title: /\(3\/3\)/ });
  await quickInput.accept();
  await notifications.waitFor(`${name} is connected to cpu-large.`);
});

test("a connect with an unknown outcome offers to refresh, but not to send it again", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  await beginToConnect(vscode, () =>
    gateway.script({
      route: "ConnectEnvironment",
      resourceId: id,
      fault: { afterEffect: true, delayMs: 5_000, reset: true },
    }),
  );
  await until(
    "the request",
    () => gateway.posts(),
    (posts) => posts.length === 1,
  );
  // From now on, the gateway doesn't reveal the outcome.
  const refused = { status: 403, body: JSON.stringify({ code: 7, message: "not now" }) };
  await gateway.script({ route: "GetEnvironment", resourceId: id, times: null, fault: refused });
  const said = await workbench.notifications.waitFor(/The request wasn't sent again\.$/);
  expect(said.message).toMatch(new RegExp(`^Couldn't confirm whether ${name} connected\\. `));
  expect(said.buttons).not.toContain("Try Again");
  await vscode.screenshot("unknown");
  expect(await gateway.posts()).toHaveLength(1);
});

async function connectTo(vscode: VSCode, nodePool: string): Promise<void> {
  await vscode.workbench.runCommand("Companion: Choose Node Pool…");
  await chooseForConnect(vscode, name, nodePool);
  await vscode.workbench.quickInput.accept();
}
