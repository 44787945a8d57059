import { existsSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { beginToConnect, startGateway, startSignedIn, statusOf, trainA, vsix } from "./companion.ts";
import { test, until, type VSCode } from "./harness/index.ts";

const { id, name } = trainA;
const question = "Run this command line from companion.onConnected in a terminal?";

/** Writes its arguments, its folder, and Companion's variables to a file. */
const recorder = `
import { writeFileSync } from "node:fs";
const [file, ...given] = process.argv.slice(2);
const variables = Object.entries(process.env).filter(([key]) => key.startsWith("COMPANION_"));
writeFileSync(file, JSON.stringify({ given, folder: process.cwd(), variables: Object.fromEntries(variables) }));
`;

test("runs what the user set up after a connect and a disconnect, if they confirm exactly that", async ({
  startVSCode,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "follow-up-"));
  const script = join(folder, "record.mjs");
  const file = join(folder, "record.json");
  await writeFile(script, recorder);
  const terminal = [process.execPath, script, file, "$HOME", "`id` secret-argument; *"];
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway, {
    settings: {
      "companion.onConnected": { terminal },
      "companion.onDisconnected": { command: "no.suchCommand", arguments: [{ x: "secret-argument" }] },
    },
  });
  const { workbench, server } = vscode;
  const { dialog, notifications } = workbench;
  const status = statusOf(workbench);

  await beginToConnect(vscode);
  const { message, detail, buttons } = await dialog.read();
  expect(message).toBe(question);
  const shown = terminal.map((one) => JSON.stringify(one)).join(" ");
  expect(detail.slice(0, shown.length)).toBe(shown);
  expect(buttons).toEqual(expect.arrayContaining(["Open Settings", "Run", "Always Run", "Not Now"]));
  expect(buttons).not.toContain("Cancel");
  await vscode.screenshot("question");
  await workbench.page.keyboard.press("Escape");
  await status.waitFor({ text: `${name}: Connected` });

  // A command that doesn't exist doesn't change what the disconnect reports.
  await disconnect(vscode);
  expect((await dialog.read()).detail).toMatch(/^"no\.suchCommand" \{"x":"secret-argument"\}/);
  await vscode.screenshot("question about a command");
  await dialog.click("Run");
  await notifications.waitFor(/^companion\.onDisconnected failed: .*no\.suchCommand/);
  await notifications.waitFor(`${name} is disconnected.`);
  await status.waitFor({ text: `${name}: Disconnected` });
  await vscode.screenshot("no such command");
  expect(existsSync(file), "Escape ran nothing").toBe(false);

  await workbench.runCommand("Companion: Connect");
  expect((await dialog.read()).message).toBe(question);
  await dialog.click("Always Run");
  const written = await until(
    "the program's file",
    () => readFile(file, "utf8").catch(() => ""),
    (text) => text.endsWith("}"),
  );
  expect(JSON.parse(written)).toEqual({
    given: terminal.slice(3),
    folder: server.home,
    variables: {
      COMPANION_ACCOUNT_ID: "acme-research",
      COMPANION_ENVIRONMENT_ID: id,
      COMPANION_NODE_POOL_ID: "h100-8x",
      COMPANION_NUM_RANKS: "1",
      COMPANION_ZONE: "us-east-1a",
    },
  });
  await vscode.screenshot("ran");
  await workbench.page.locator(".part.panel").waitFor({ state: "hidden" });

  // A program that doesn't exist is another value, so it's confirmed again.
  const missing = ["no-such-program", "secret-argument"];
  await server.changeSettings({
    "companion.onConnected": { terminal: missing },
    "companion.onDisconnected": null,
  });
  await workbench.reload(); // VS Code doesn't always notice a replaced file
  await status.waitFor({ text: `${name}: Connected` });
  await disconnect(vscode);
  await status.waitFor({ text: `${name}: Disconnected` });
  await workbench.runCommand("Companion: Connect");
  expect((await dialog.read()).detail).toMatch(/^"no-such-program" "secret-argument"/);
  await dialog.click("Run");
  await notifications.waitFor(
    "companion.onConnected failed: no-such-program couldn't be started. Check its path.",
  );
  await vscode.screenshot("no such program");
  await status.waitFor({ text: `${name}: Connected` });
  expect(await server.readOutput("Companion")).not.toContain("secret-argument");
});

test("runs nothing in Restricted Mode, and nothing from a workspace", async ({ startVSCode }) => {
  const vscode = await startVSCode({
    vsix: [vsix],
    workspaceTrust: true,
    settings: { "companion.onConnected": { terminal: ["true"] } },
    files: {
      ".vscode/settings.json": JSON.stringify({
        "companion.onConnected": { terminal: 1 },
        "companion.onDisconnected": { terminal: ["true"] },
      }),
    },
  });
  const { workbench } = vscode;
  const status = statusOf(workbench);
  await workbench.runCommand("Companion: Try the Sandbox");
  await status.waitFor({ text: /Sandbox/ });
  await beginToConnect(vscode);
  await workbench.notifications.waitFor("companion.onConnected isn't run in Restricted Mode.");
  await status.waitFor({ text: `${name}: Connected (Sandbox)` });
  await vscode.screenshot("restricted mode");
  await disconnect(vscode);
  await workbench.notifications.waitFor(`${name} is disconnected.`);
  await status.waitFor({ text: `${name}: Disconnected (Sandbox)` });
  expect(await workbench.dialog.isOpen()).toBe(false);
  const messages = (await workbench.notifications.read()).map(({ message }) => message);
  expect(messages.join("\n")).not.toContain("companion.onDisconnected");
});

async function disconnect({ workbench }: VSCode): Promise<void> {
  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.click("Disconnect");
}
