import { expect } from "vitest";
import { sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { serverProcess, signIn, startGateway, statusOf, vsix } from "./companion.ts";
import { packageFixture, test, until, type VSCode } from "./harness/index.ts";

/** What Companion's code has started in the extension host so far, according to the `watcher` fixture. */
async function startedByCompanion({ workbench, server }: VSCode): Promise<string[]> {
  const looked = /Companion is active/g;
  const before = (await server.readOutput("Watcher")).match(looked)?.length ?? 0;
  await workbench.runCommand("Watcher: Look");
  const seen = await until(
    "what the watcher has seen",
    () => server.readOutput("Watcher"),
    (text) => (text.match(looked)?.length ?? 0) > before,
  );
  return [...seen.matchAll(/\] (companion\.companion-.*)$/gm)].map(([, line]) => line ?? "");
}

test("activation starts no process and opens no connection, and the first command starts only the server", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({
    vsix: [packageFixture("watcher"), vsix],
    settings: { "companion.gatewayUrl": gateway.url },
  });
  await statusOf(vscode.workbench).waitFor({ text: "Companion: No Environment" });
  expect(await startedByCompanion(vscode)).toEqual([]);
  expect(await vscode.server.findProcesses(serverProcess)).toEqual([]);
  expect(await gateway.received()).toEqual([]);

  await signIn(vscode, sandboxKeys.main);
  const [first, ...others] = await startedByCompanion(vscode);
  expect(first).toMatch(/: spawn .*(companion-server|dotnet)$/);
  expect(others).toEqual([]);
  expect(await vscode.server.findProcesses(serverProcess)).toHaveLength(1);
  expect(await gateway.received()).not.toEqual([]);
});
