import { expect } from "vitest";
import { statusOf, trainA, vsix } from "./companion.ts";
import { findObstacles, type ThemeName, test, themes, until, type Workbench } from "./harness/index.ts";

test("the walkthrough works with the keyboard only, and ends with a connected environment in the sandbox", async ({
  startVSCode,
}) => {
  const vscode = await startVSCode({ vsix: [vsix] });
  const { workbench } = vscode;
  const { quickInput, page } = workbench;
  const { keyboard } = page;

  // If the window is wide enough, the picture is next to the step.
  await workbench.runCommandByKeys("View: Toggle Primary Side Bar Visibility");
  await workbench.runCommandByKeys("Companion: Get Started");
  await page.locator("h2", { hasText: "Get Started with Companion" }).waitFor();
  for (const name of Object.keys(themes) as ThemeName[]) {
    await vscode.useTheme(name);
    await picture(workbench, "status-bar");
    await vscode.screenshot(`status bar, ${name}`);
    expect(await findObstacles(page, [".step-description-container"])).toEqual([]);
  }
  await vscode.useTheme("dark");

  await workbench.tabTo("Show Menu");
  await keyboard.press("Enter");
  await quickInput.waitFor({ title: "Companion" });
  await keyboard.press("Escape");
  await untilDone(workbench, ["statusBar"]);

  await open(workbench, "Try the sandbox");
  await picture(workbench, "sandbox");
  await vscode.screenshot("sandbox");
  await workbench.tabTo("Try the Sandbox");
  await keyboard.press("Enter");
  await untilDone(workbench, ["statusBar", "sandbox"]);

  await open(workbench, "Connect an environment");
  await picture(workbench, "connected");
  await vscode.screenshot("connect");
  await workbench.tabTo("Connect");
  await keyboard.press("Enter");
  for (const [step, answer] of [
    [/^Connect \(1\/3\)/, trainA.name],
    [/\(2\/3\)$/, "h100-8x"],
    [/\(3\/3\)$/, ""],
  ] as const) {
    await quickInput.waitFor({ title: step });
    await quickInput.items();
    await keyboard.type(answer);
    const first = async () => (await quickInput.items())[0];
    await until("the answer", first, (item) => item?.active === true && item.label.startsWith(answer));
    await vscode.screenshot(`answer ${answer}`);
    await keyboard.press("Enter");
  }
  await statusOf(workbench).waitFor({ text: `${trainA.name}: Connected (Sandbox)` });
  await untilDone(workbench, ["statusBar", "sandbox", "connect"]);
  await vscode.screenshot("done");

  await open(workbench, "Go to your environment");
  await picture(workbench, "follow-up");
  await vscode.screenshot("go to your environment");
  await workbench.tabTo("Open Settings");
  await keyboard.press("Enter");
  await page.locator(".settings-editor", { hasText: "On Connected" }).waitFor();
  await vscode.screenshot("the setting");
});

/** Opens a step, unless VS Code has already opened it. */
async function open(workbench: Workbench, title: string): Promise<void> {
  const step = workbench.page.locator(".getting-started-step", { hasText: title });
  if ((await step.getAttribute("aria-expanded")) !== "true") {
    await workbench.tabTo(new RegExp(title));
    await workbench.page.keyboard.press("Enter");
  }
  await until(
    `step ${title}`,
    () => step.getAttribute("aria-expanded"),
    (expanded) => expanded === "true",
  );
}

/** Waits until the picture of a step is drawn. */
async function picture({ page }: Workbench, name: string): Promise<void> {
  const outer = page.frameLocator(".getting-started-media iframe");
  await outer.frameLocator("#active-frame").locator(`svg#${name}`).waitFor();
}

async function untilDone({ page }: Workbench, steps: readonly string[]): Promise<void> {
  const done = () =>
    page
      .locator(".getting-started-step .codicon-getting-started-step-checked")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-done-step-id")?.split("#").pop()));
  await until("steps to be done", done, (found) => found.join() === steps.join());
}
