import { expect } from "vitest";
import { sandboxKeys } from "../blackbox/support/sandboxHost.js";
import {
  chooseForConnect,
  inProgress,
  serverProcess,
  slowToConfirm,
  startGateway,
  startSignedIn,
  statusOf,
  trainA,
  vsix,
} from "./companion.ts";
import { test, until } from "./harness/index.ts";

const { name } = trainA;

test("signs in, connects, survives a reload, and disconnects", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({ vsix: [vsix], settings: { "companion.gatewayUrl": gateway.url } });
  const { workbench } = vscode;
  const { quickInput, notifications } = workbench;
  const status = statusOf(workbench);

  await status.waitFor({
    text: "Companion: No Environment",
    ariaLabel: "Companion: no environment is selected",
  });
  expect(await vscode.server.findProcesses(serverProcess), "activation starts nothing").toEqual([]);
  await vscode.screenshot("installed");

  await workbench.runCommand("Companion: Sign In…");
  expect((await quickInput.waitFor({ title: "Sign In to Fireworks" })).masked).toBe(true);
  await quickInput.type("fw_test_wrong_0123456789");
  await quickInput.accept();
  await quickInput.waitFor({ message: /doesn't accept the API key/ });
  await vscode.screenshot("wrong-key");
  await quickInput.type(sandboxKeys.main);
  await quickInput.accept();
  await notifications.waitFor("Signed in to account acme-research as ada@acme.example.");
  await vscode.screenshot("signed-in");

  await workbench.runCommand("Companion: Connect");
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await until(
    "the environments",
    () => quickInput.items(),
    (items) => items.some(({ label }) => label === name),
  );
  await vscode.screenshot("choose-environment");
  await quickInput.choose(name);
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  const pools = await until(
    "the node pools",
    () => quickInput.items(),
    (items) => items.length > 0,
  );
  expect(pools.find(({ label }) => label === "h100-8x")?.detail).toBe(
    "10 GPUs free (up to 26 with autoscaling) · 8 per node",
  );
  await vscode.screenshot("choose-node-pool");
  await quickInput.choose("l40s-failed");
  await quickInput.waitFor({ placeholder: /l40s-failed can't be used \(failed/ });
  await quickInput.choose("h100-8x");
  await quickInput.waitFor({ title: `Connect ${name} to h100-8x (3/3)` });
  await quickInput.type("0");
  await quickInput.waitForActive({ label: "0", detail: "Enter a whole number of 1 or more." });
  await quickInput.accept();
  await quickInput.type("8");
  await quickInput.waitForActive({ label: "8 GPUs", detail: "10 free now." });
  await vscode.screenshot("choose-ranks");
  await gateway.hold();
  await quickInput.accept();

  await status.waitFor({ text: inProgress(name, "Connecting…"), ariaLabel: /Connecting/ });
  await notifications.waitFor(new RegExp(`^${name} → h100-8x, 8 ranks`));
  await vscode.screenshot("connecting");
  await gateway.release();
  await status.waitFor({
    text: `${name}: Connected`,
    ariaLabel: new RegExp(`^Companion: environment ${name}: Connected since `),
  });
  await notifications.waitFor(`${name} is connected to h100-8x.`);
  expect(await status.tooltip()).toMatch(/h100-8x[\s\S]*us-east-1a/);
  await vscode.screenshot("connected");
  expect(await gateway.posts()).toEqual([
    {
      path: "/v1/accounts/acme-research/environments/train-a:connect",
      body: { connection: { nodePoolId: "h100-8x", numRanks: 8 }, vscodeVersion: vscode.version },
    },
  ]);

  await slowToConfirm(gateway);
  await workbench.reload();
  await status.waitFor({ text: /: Connected\? \(.*\)$/, ariaLabel: /last known state Connected/ });
  await vscode.screenshot("after-reload");
  await status.waitFor({ text: `${name}: Connected` });
  expect(await gateway.posts(), "a reload sends nothing").toHaveLength(1);

  await workbench.runCommand("Companion: Disconnect…");
  const dialog = await workbench.dialog.read();
  expect(`${dialog.message} ${dialog.detail}`).toMatch(
    /Disconnect Language model training from h100-8x\?.*snapshot/s,
  );
  await vscode.screenshot("confirm-disconnect");
  await gateway.hold();
  await workbench.dialog.click("Disconnect");
  await status.waitFor({ text: inProgress(name, "Disconnecting…"), ariaLabel: /Disconnecting/ });
  await vscode.screenshot("disconnecting");
  await gateway.release();
  await status.waitFor({
    text: `${name}: Disconnected`,
    ariaLabel: `Companion: environment ${name}: Disconnected`,
  });
  await notifications.waitFor(`${name} is disconnected.`);
  await vscode.screenshot("disconnected");
  expect((await gateway.posts())[1]).toEqual({
    path: "/v1/accounts/acme-research/environments/train-a:disconnect",
    body: {},
  });
});

test("shows everything on the sandbox, without an account, in a workspace that is not trusted", async ({
  startVSCode,
}) => {
  const vscode = await startVSCode({
    vsix: [vsix],
    workspaceTrust: true,
    files: {
      ".vscode/settings.json": JSON.stringify({
        "companion.gatewayUrl": "http://127.0.0.1:9",
        "companion.server.path": "/bin/false",
        "companion.accountId": "somebody-else",
      }),
    },
  });
  const { workbench } = vscode;
  const status = statusOf(workbench);

  await workbench.runCommand("Companion: Try the Sandbox");
  const welcome = await workbench.notifications.waitFor(/You're in the sandbox/);
  expect(welcome.message).toContain("nothing costs money");
  await workbench.notifications.click(/You're in the sandbox/, "Connect…");
  await chooseForConnect(vscode, name, "h100-spot");
  await workbench.quickInput.accept();
  await status.waitFor({ text: `${name}: Connecting… (Sandbox)`, ariaLabel: /in the sandbox/ });
  await vscode.screenshot("connecting");
  await status.waitFor({ text: `${name}: Connected (Sandbox)` });
  await vscode.screenshot("connected");
  expect(await vscode.server.readOutput("Companion")).toContain(
    `train-a:connect {"connection":{"nodePoolId":"h100-spot","numRanks":1},"vscodeVersion":"${vscode.version}"}`,
  );

  await status.click();
  await workbench.quickInput.waitFor({ placeholder: "Choose an action" });
  await vscode.screenshot("menu");
  await workbench.quickInput.choose(/^Disconnect/);
  await workbench.dialog.click("Disconnect");
  await status.waitFor({ text: `${name}: Disconnected (Sandbox)` });
});

test("no capacity: shows the gateway's message, and what to do", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  await vscode.workbench.runCommand("Companion: Connect");
  await chooseForConnect(vscode, name, "h200-full");
  await vscode.workbench.quickInput.accept();
  expect(await vscode.workbench.dialog.read()).toMatchObject({
    detail: "1 rank requested, but h200-full has at most 0 ranks free, even after scaling up.",
  });
  await vscode.screenshot("known maximum");
  await vscode.workbench.dialog.click("Connect");
  const said = await vscode.workbench.notifications.waitFor(/wasn't connected/);
  expect(said.message).toMatch(
    /Message from the gateway: .*no capacity.*Choose another node pool or fewer ranks/,
  );
  expect(said.buttons).toEqual(["Choose Another…", "Wait for Room…", "Show Log"]);
  await statusOf(vscode.workbench).waitFor({ text: `${name}: Disconnected` });
  await vscode.screenshot("no-capacity");
});
