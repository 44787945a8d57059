import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { inProgress, select, startGateway, startSignedIn, statusOf } from "./companion.ts";
import { packageFixture, test, until, type VSCode } from "./harness/index.ts";

/** Environments of the sandbox that are connected from the start. */
const evaluation = { id: "eval-c", name: "Evaluation" };
const brittle = { id: "brittle-e", name: "Profiling (snapshots fail)" };

const path = (id: string) => `/v1/accounts/acme-research/environments/${id}:disconnect`;

/** A file, a notebook, and a task that doesn't end. */
const files = {
  "notes.txt": "kept\n",
  "eval.ipynb": JSON.stringify({
    cells: [
      { cell_type: "code", id: "a", metadata: {}, source: ["train()"], outputs: [], execution_count: null },
    ],
    metadata: { language_info: { name: "python" } },
    nbformat: 4,
    nbformat_minor: 5,
  }),
  ".vscode/tasks.json": JSON.stringify({
    version: "2.0.0",
    tasks: [{ label: "train", type: "shell", command: "sleep 600", problemMatcher: [] }],
  }),
};

test("with nothing to lose, Enter disconnects", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  await gateway.hold();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  await select(vscode, evaluation.name);
  await statusOf(workbench).waitFor({ text: `${evaluation.name}: Connected` });
  await workbench.runCommand("Companion: Disconnect…");
  const { message, detail, buttons } = await workbench.dialog.read();
  expect(message).toBe("Disconnect Evaluation from h100-8x?");
  expect(detail).toBe("A snapshot is taken first. Anything running in the environment will be stopped.");
  expect(buttons).toEqual(expect.arrayContaining(["Disconnect", "More…", "Cancel"]));
  await vscode.screenshot("nothing to lose");
  await workbench.page.keyboard.press("Enter");
  const progress = await workbench.notifications.waitFor(/Disconnecting Evaluation: Accepted, .* since \d/);
  expect(progress.buttons).toEqual(["Cancel"]);
  await vscode.screenshot("disconnecting");
  await gateway.release();
  await statusOf(workbench).waitFor({ text: `${evaluation.name}: Disconnected` });
  expect(await gateway.posts()).toEqual([{ path: path(evaluation.id), body: {} }]);
});

test("lists what the user would lose, and saves it before it sends anything, with the keyboard only", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway, {
    files,
    settings: { "files.autoSave": "off" }, // VS Code in the browser saves automatically
  });
  const { workbench, server } = vscode;
  await select(vscode, evaluation.name);
  await open(vscode, "eval.ipynb", ".notebook-editor");
  await workbench.runCommand("Tasks: Run Task");
  await workbench.quickInput.choose("train");
  await workbench.runCommand("Terminal: Create New Terminal");
  await workbench.page.locator(".terminal-tabs-entry", { hasText: "bash" }).waitFor();
  // After the task, because starting it saves everything.
  await open(vscode, "notes.txt", ".monaco-editor[data-uri$='notes.txt']");
  await workbench.page.keyboard.type("new ");

  await workbench.runCommand("Companion: Disconnect…");
  const { detail, buttons } = await workbench.dialog.read();
  expect(detail).toContain("You'll lose the following from this window if it's in the environment:");
  for (const line of ["Unsaved editors: notes.txt", "Running tasks: train", "Open notebooks: eval.ipynb"]) {
    expect(detail).toContain(line);
  }
  expect(detail).toMatch(/Open terminals: bash$/);
  expect(buttons).toEqual(
    expect.arrayContaining(["Save All and Disconnect", "Disconnect Without Saving", "More…", "Cancel"]),
  );
  await vscode.screenshot("what would be lost");

  // Escape cancels.
  await workbench.page.keyboard.press("Escape");
  expect(await workbench.dialog.isOpen()).toBe(false);
  expect(await gateway.posts()).toEqual([]);

  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.read();
  await workbench.page.keyboard.press("Enter");
  await until(
    "the request",
    () => gateway.posts(),
    (posts) => posts.length > 0,
  );
  expect(await readFile(join(server.workspace, "notes.txt"), "utf8")).toBe("new kept\n");
  expect(await gateway.posts()).toEqual([{ path: path(evaluation.id), body: {} }]);
  await statusOf(workbench).waitFor({ text: `${evaluation.name}: Disconnected` });
});

test("lists what other extensions are running: a notebook cell and a debug session", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway, { files, vsix: [packageFixture("work")] });
  const { workbench } = vscode;
  await select(vscode, evaluation.name);
  await open(vscode, "eval.ipynb", ".notebook-editor");
  await workbench.runCommand("Work: Begin");
  await workbench.page.locator(".debug-toolbar").waitFor();
  await workbench.runCommand("Notebook: Run All");
  await workbench.page.locator(".notebook-editor .codicon-notebook-state-executing").first().waitFor();
  await workbench.runCommand("Companion: Disconnect…");
  const { detail } = await workbench.dialog.read();
  expect(detail).toContain("Debug sessions: Idle session");
  expect(detail).toContain("Open notebooks: eval.ipynb (a cell is running)");
  await vscode.screenshot("what would be lost");
  await workbench.page.keyboard.press("Escape");
  expect(await gateway.posts()).toEqual([]);
});

test("sends nothing if saving fails", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  await select(vscode, evaluation.name);
  await workbench.runCommand("File: New Untitled Text File");
  await workbench.page.locator(".monaco-editor").first().waitFor();
  await workbench.page.keyboard.type("a thought");

  await workbench.runCommand("Companion: Disconnect…");
  expect((await workbench.dialog.read()).detail).toContain("Unsaved editors: Untitled-1");
  await workbench.page.keyboard.press("Enter");
  await workbench.quickInput.waitFor({ title: "Save As" });
  await vscode.screenshot("asked where to save");
  await workbench.quickInput.cancel();
  await workbench.notifications.waitFor("Not disconnected because some editors aren't saved: Untitled-1");
  await vscode.screenshot("not saved");
  expect(await gateway.posts()).toEqual([]);
  await statusOf(workbench).waitFor({ text: `${evaluation.name}: Connected` });
});

test("a failed snapshot: offers to try again, rebuild, or force, in this order, and to force only by name", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { notifications, quickInput } = workbench;
  const status = statusOf(workbench);
  const failed =
    /still connected, and you're still charged for it\. Message from the gateway: snapshot failed.*Try again first/;
  await select(vscode, brittle.name);
  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.click("Disconnect");
  const said = await notifications.waitFor(failed);
  expect(said.buttons).toEqual(["Try Again", "Rebuild Snapshots…", "Force…", "Show Log"]);
  expect(said.severity).toBe("error");
  expect((await status.waitFor({ text: `${brittle.name}: Still Connected` })).kind).toBe("warning");
  await vscode.screenshot("the snapshot failed");

  // The keyboard selects the first button.
  await workbench.runCommand("Notifications: Accept Notification Primary Action");
  await sent(2);
  await notifications.waitFor(failed);
  await notifications.click(failed, "Rebuild Snapshots…");
  await sent(3);
  await notifications.waitFor(failed);

  // Later, the dialog mentions the failure, and More… has the same options.
  await notifications.dismiss(failed);
  await workbench.runCommand("Companion: Disconnect…");
  expect((await workbench.dialog.read()).detail).toMatch(/The last change failed: snapshot failed/);
  await vscode.screenshot("the next question");
  await workbench.dialog.click("More…");
  await quickInput.waitFor({ placeholder: "Choose how to disconnect" });
  expect((await quickInput.items()).map(({ label }) => label)).toEqual([
    "Disconnect and rebuild snapshots",
    "Force disconnect",
  ]);
  await vscode.screenshot("more");
  await quickInput.choose("Force disconnect");
  await quickInput.waitFor({ message: /Enter Profiling \(snapshots fail\) to force/ });
  await quickInput.type("Profiling");
  await quickInput.accept();
  await quickInput.waitFor({ message: "Enter Profiling (snapshots fail), or press Escape to cancel." });
  await vscode.screenshot("force asks for the name");
  expect(await gateway.posts()).toHaveLength(3);
  await quickInput.type(brittle.name);
  await quickInput.accept();
  await status.waitFor({ text: `${brittle.name}: Disconnected` });
  expect((await gateway.posts()).map(({ body }) => body)).toEqual([
    {},
    {},
    { resetSnapshots: true },
    { force: true },
  ]);

  async function sent(count: number): Promise<void> {
    await until(
      `request ${count}`,
      () => gateway.posts(),
      (posts) => posts.length === count,
    );
  }
});

test("says what's still happening when the user stops waiting", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  await gateway.hold();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  await select(vscode, evaluation.name);
  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.click("Disconnect");
  const progress = /Disconnecting Evaluation: Accepted, disconnecting/;
  await workbench.notifications.waitFor(progress);
  await workbench.notifications.click(progress, "Cancel");
  await workbench.notifications.waitFor(/Stopped waiting\. Evaluation is still being disconnected/);
  await statusOf(workbench).waitFor({ text: inProgress(evaluation.name, "Disconnecting…") });
  await vscode.screenshot("stopped waiting");
  await gateway.release();
  await statusOf(workbench).waitFor({ text: `${evaluation.name}: Disconnected` });
  expect(await gateway.posts()).toHaveLength(1);
});

/** Opens a file of the workspace with the keyboard, and waits for its editor. */
async function open({ workbench }: VSCode, file: string, editor: string): Promise<void> {
  await workbench.page.keyboard.press("Control+P");
  await workbench.quickInput.waitFor();
  await workbench.quickInput.type(file);
  await workbench.quickInput.choose(file);
  await workbench.page.locator(editor).first().waitFor();
}
