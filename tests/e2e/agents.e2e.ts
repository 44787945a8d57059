import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { select, startGateway, startSignedIn, statusOf, trainA } from "./companion.ts";
import { packageFixture, test, until } from "./harness/index.ts";

test("agents in VS Code have Companion's tools, which ask before a change and keep the bounds", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway, { vsix: [packageFixture("agent")] });
  const { workbench } = vscode;
  const { dialog } = workbench;
  const { id, name } = trainA;
  await select(vscode, name);

  const folder = vscode.server.workspace;
  const response = join(folder, "response.json");
  interface Response {
    readonly tools: readonly string[];
    readonly text?: string;
    readonly error?: string;
  }
  /** Calls a tool as an agent does. */
  async function call(tool: string, input: object, answer?: () => Promise<void>): Promise<Response> {
    await rm(response, { force: true });
    await writeFile(join(folder, "request.json"), JSON.stringify({ name: `companion_${tool}`, input }));
    await workbench.runCommand("Agent: Call");
    await answer?.();
    await until(
      `the result of ${tool}`,
      async () => existsSync(response),
      (isThere) => isThere,
    );
    return JSON.parse(await readFile(response, "utf8")) as Response;
  }

  const listed = await call("list_environments", {});
  expect(listed.tools).toEqual(
    expect.arrayContaining(["companion_connect_environment", "companion_get_usage"]),
  );
  expect(listed.text).toContain(id);

  const connection = { environmentId: id, nodePoolId: "h100-8x", numRanks: 8, durationSeconds: 3600 };
  const connected = await call("connect_environment", connection, async () => {
    const { message, detail } = await dialog.read();
    expect(`${message} ${detail}`).toMatch(/Connect train-a\?.*8 GPUs of h100-8x .*until .*cost money/s);
    await vscode.screenshot("question");
    await dialog.click("Yes");
  });
  expect(connected.text, connected.error).toContain("CONNECTED");
  await statusOf(workbench).waitFor({ text: new RegExp(`^${name}: Connected`) });
  await vscode.screenshot("connected by an agent");

  const tooMany = { ...connection, environmentId: "train-b" };
  const refused = await call("connect_environment", tooMany, () => dialog.click("Yes"));
  expect(refused.text).toContain("maxEnvironments");
  expect((await gateway.posts()).length).toBe(1);
});

test("agents in VS Code are offered Companion's MCP server", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway, { settings: { "chat.disableAIFeatures": false } });
  const { quickInput } = vscode.workbench;
  await vscode.workbench.runCommand("MCP: List Servers");
  await quickInput.choose("Companion");
  await quickInput.choose("Start Server");
  await vscode.workbench.page.getByText("Discovered 8 tools").waitFor();
  await vscode.screenshot("running");
});
