import * as vscode from "vscode";
import type { App } from "../../app.js";
import { agentArguments, agentVariables, type FindProgram } from "./agentProcess.js";
import { findMcpApi, type McpApi } from "./mcpApi.js";

/** The ID in the manifest. */
export const providerId = "companion.mcp";

/** Offers Companion's MCP server to agents in VS Code, if VS Code has them. It's started only when an agent uses it. */
export function offerMcpServer(
  app: App,
  findProgram: FindProgram,
  api: McpApi | undefined = findMcpApi(),
): vscode.Disposable {
  if (!api) return vscode.Disposable.from();
  const { version } = app.context.extension.packageJSON as { version: string };
  return api.lm.registerMcpServerDefinitionProvider(providerId, {
    async provideMcpServerDefinitions() {
      const program = await findProgram(app.context);
      const args = agentArguments(program);
      return [new api.McpStdioServerDefinition("Companion", program.command, args, {}, version)];
    },
    async resolveMcpServerDefinition(definition) {
      definition.env = { ...definition.env, ...(await agentVariables(app)) }; // VS Code doesn't store this
      return definition;
    },
  });
}
