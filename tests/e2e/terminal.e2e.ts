import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { select, startGateway, startSignedIn, statusOf, trainA } from "./companion.ts";
import { test, until } from "./harness/index.ts";

test("makes the command available in terminals, where VS Code keeps the ends that it sets", async ({
  startVSCode,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "terminal-"));
  await using gateway = await startGateway();
  const env = { FIREWORKS_API_KEY: sandboxKeys.main, FIREWORKS_BASE_URL: gateway.url };
  const vscode = await startSignedIn(startVSCode, gateway, {
    settings: { "terminal.integrated.env.linux": env },
  });
  const { workbench } = vscode;
  await select(vscode, trainA.name);

  /** Runs a line in a new terminal, and returns what it writes. */
  async function run(name: string, line: string): Promise<string> {
    const [file, done] = [join(folder, name), join(folder, `${name}.done`)];
    await workbench.runCommand("Terminal: Create New Terminal");
    await workbench.page.locator(".terminal-wrapper.active .xterm-helper-textarea").waitFor();
    await workbench.page.keyboard.type(`${line} > ${file} 2>&1; touch ${done}`);
    await workbench.page.keyboard.press("Enter");
    await until(
      `the end of ${line}`,
      async () => existsSync(done),
      (ended) => ended,
    );
    return readFile(file, "utf8");
  }

  expect(await run("before", "companion --version")).toContain("not found");

  await workbench.runCommand("Companion: Add Command to Terminals");
  await workbench.notifications.waitFor(/^New terminals have the companion command\./);
  expect(await run("version", "companion --version")).toMatch(/^companion-server \d/);
  const { id } = trainA;
  const connected = await run(
    "connect",
    `companion connect ${id} --node-pool h100-8x --ranks 8 --for 2h --json --quiet`,
  );
  expect(JSON.parse(connected)).toMatchObject({ state: "CONNECTED", lease: { keptBy: ["vscode"] } });
  await statusOf(workbench).waitFor({ text: new RegExp(`^${trainA.name}: Connected`) });
  await vscode.screenshot("connected from a terminal");
  const [{ body } = { body: {} }] = await gateway.posts();
  expect(body).toHaveProperty("vscodeVersion", expect.stringMatching(/^\d/));

  await workbench.runCommand("Companion: Add Command to Terminals");
  await workbench.notifications.click(/^The companion command is available/, "Remove from Terminals");
  expect(await run("after", "companion --version")).toContain("not found");
});
