import { expect } from "vitest";
import { sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { chooseForConnect, serverProcess, signIn, startGateway, statusOf, vsix } from "./companion.ts";
import { test } from "./harness/index.ts";

test("recovers when the server is killed in the middle of a connect, says so once, and sends nothing again", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({ vsix: [vsix], settings: { "companion.gatewayUrl": gateway.url } });
  const { workbench } = vscode;
  const status = statusOf(workbench);
  await signIn(vscode, sandboxKeys.main);

  await workbench.runCommand("Companion: Connect…");
  await chooseForConnect(vscode, "Language model training", "h100-8x");
  await workbench.quickInput.accept();
  await status.waitFor({ text: "Language model training: Connecting…" });
  await vscode.screenshot("before");
  await vscode.server.killProcesses(serverProcess);

  const message = /server stopped while Language model training was being connected\. It runs again/;
  expect((await workbench.notifications.waitFor(message)).message).toContain("Nothing was sent again.");
  await vscode.screenshot("recovered");
  await status.waitFor({ text: "Language model training: Connected" });
  expect((await workbench.notifications.read()).filter((n) => message.test(n.message))).toHaveLength(1);
  expect(await gateway.posts()).toHaveLength(1);
});
