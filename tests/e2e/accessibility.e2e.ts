import { expect } from "vitest";
import { select, startGateway, startSignedIn, statusOf } from "./companion.ts";
import { findObstacles, type ThemeName, test, themes, until, type VSCode } from "./harness/index.ts";

/** Connected from the start. */
const evaluation = "Evaluation";

const parts: Readonly<
  Record<
    string,
    { selector: string; open(vscode: VSCode): Promise<void>; close(vscode: VSCode): Promise<void> }
  >
> = {
  "the status bar item": {
    selector: '.statusbar-item[id="companion.companion.environment"]',
    open: async () => undefined,
    close: async () => undefined,
  },
  "the menu": {
    selector: ".quick-input-widget",
    open: async ({ workbench }) => {
      await workbench.runCommand("Companion: Show Menu");
      await workbench.quickInput.waitFor({ title: "Companion" });
    },
    close: ({ workbench }) => workbench.quickInput.cancel(),
  },
  "the picker of environments": {
    selector: ".quick-input-widget",
    open: async ({ workbench }) => {
      await workbench.runCommand("Companion: Select Environment…");
      await workbench.quickInput.waitFor({ placeholder: "Choose an environment" });
      await workbench.quickInput.items();
    },
    close: ({ workbench }) => workbench.quickInput.cancel(),
  },
  "the picker of node pools": {
    selector: ".quick-input-widget",
    open: async ({ workbench }) => {
      await workbench.runCommand("Companion: Choose Node Pool…");
      await workbench.quickInput.waitForActive({ label: "h100-8x" });
    },
    close: ({ workbench }) => workbench.quickInput.cancel(),
  },
  "the picker of ranks": {
    selector: ".quick-input-widget",
    open: async ({ workbench }) => {
      await workbench.runCommand("Companion: Choose Node Pool…");
      await workbench.quickInput.waitForActive({ label: "h100-8x" });
      await workbench.quickInput.accept();
      await workbench.quickInput.waitForActive({ label: "2 GPUs" });
    },
    close: ({ workbench }) => workbench.quickInput.cancel(),
  },
  "the box for the API key": {
    selector: ".quick-input-widget",
    open: async ({ workbench }) => {
      await workbench.runCommand("Companion: Sign In…");
      await workbench.quickInput.waitFor({ title: "Sign In to Fireworks" });
      await workbench.quickInput.type("not a key");
      await workbench.quickInput.waitFor({ message: /can't contain spaces/ });
    },
    close: ({ workbench }) => workbench.quickInput.cancel(),
  },
  "the question before a disconnect": {
    selector: ".monaco-dialog-box",
    open: async ({ workbench }) => {
      await workbench.runCommand("Companion: Disconnect…");
      await workbench.dialog.read();
    },
    close: ({ workbench }) => workbench.dialog.click("Cancel"),
  },
  "a notification": {
    selector: ".notification-toast",
    open: async ({ workbench }) => {
      await workbench.runCommand("Companion: Try the Sandbox");
      await workbench.notifications.waitFor(/You're in the sandbox/);
    },
    close: async ({ workbench }) => {
      await workbench.notifications.click(/You're in the sandbox/, "Leave the Sandbox");
    },
  },
};

test("nothing in Companion is an accessibility barrier, in any theme", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  await select(vscode, evaluation);
  const obstacles: unknown[] = [];
  for (const theme of Object.keys(themes) as ThemeName[]) {
    await vscode.useTheme(theme);
    for (const [part, { selector, open, close }] of Object.entries(parts)) {
      await open(vscode);
      await vscode.screenshot(`${part}, ${theme}`);
      const found = await findObstacles(vscode.workbench.page, [selector]);
      if (found.length > 0) obstacles.push({ part, theme, found });
      await close(vscode);
    }
  }
  expect(obstacles).toEqual([]);
});

test("screen readers get names in words, without icons", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  await select(vscode, evaluation);
  const { workbench } = vscode;
  const names = (selector: string) =>
    workbench.page
      .locator(selector)
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label") ?? ""));

  expect(await statusOf(workbench).read()).toMatchObject({
    ariaLabel: `Companion: environment ${evaluation}: Connected`,
  });
  for (const [command, title] of [
    ["Companion: Show Menu", "Companion"],
    ["Companion: Select Environment…", "Select Environment"],
    ["Companion: Switch Account…", "Switch Account"],
    ["Companion: Diagnose", /^Diagnosis: /],
  ] as const) {
    await workbench.runCommand(command);
    await workbench.quickInput.waitFor({ title });
    const read = () =>
      workbench.page.locator(".quick-input-list .monaco-list-row").evaluateAll((all) =>
        all.map((row) => ({
          said: row.getAttribute("aria-label") ?? "",
          drawn: (row.querySelector(".label-name")?.textContent ?? "").trim(),
        })),
      );
    const rows = await until(`items of ${command}`, read, (all) => all.length > 1);
    // The name must come before the name of any icon.
    for (const { said, drawn } of rows) expect(said.startsWith(drawn), `${said}, in ${command}`).toBe(true);
    await workbench.quickInput.cancel();
  }
  await workbench.runCommand("Companion: Sign In…");
  await workbench.quickInput.waitFor({ title: "Sign In to Fireworks" });
  expect(await names(".quick-input-box input")).toEqual([expect.stringContaining("Sign In to Fireworks")]);
});
