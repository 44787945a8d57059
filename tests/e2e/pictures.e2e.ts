import { inProgress, startGateway, startSignedIn, statusOf, trainA } from "./companion.ts";
import { test, until } from "./harness/index.ts";

/** The README's pictures. `npm run pictures` updates them. */
test("the everyday flow, in pictures", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { quickInput, notifications, page } = workbench;
  const status = statusOf(workbench);
  await gateway.hold();
  await page.setViewportSize({ width: 1000, height: 560 });
  await workbench.runCommand("View: Toggle Primary Side Bar Visibility");
  await notifications.waitUntilGone(/^Signed in/);

  // Not items(), which scrolls through all of them.
  const rows = page.locator(".quick-input-list .monaco-list-row");
  const loaded = () =>
    until(
      "what there is to choose from",
      async () => (await quickInput.read())?.busy === false && (await rows.count()),
      (count) => Number(count) > 2,
    );

  await workbench.runCommand("Companion: Connect");
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await loaded();
  await vscode.screenshot("environments");
  await quickInput.choose(trainA.name);
  await quickInput.waitFor({ title: /\(2\/3\)$/ });
  await loaded();
  await vscode.screenshot("node-pools");
  await quickInput.choose("h100-8x");
  await quickInput.waitFor({ title: /\(3\/3\)$/ });
  await loaded();
  await quickInput.type("8");
  await quickInput.waitForActive({ label: "8 GPUs" });
  await quickInput.accept();

  await status.waitFor({ text: inProgress(trainA.name, "Connecting…") });
  await notifications.waitFor(/→ h100-8x, 8 ranks/);
  await vscode.screenshot("connecting");
  await gateway.release();
  await status.waitFor({ text: `${trainA.name}: Connected` });
  await notifications.waitUntilGone(/is connected to/);
  await status.whileHovered(() => vscode.screenshot("connected"));
  await status.click();
  await quickInput.waitFor({ title: "Companion" });
  await loaded();
  await vscode.screenshot("menu");
});
