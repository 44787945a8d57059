import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { Program } from "../../server/client.js";
import { readSettings } from "../../settings.js";
import { findMcpApi, type McpApi, type StdioDefinition } from "./mcpApi.js";

/** The ID in the manifest. */
export const providerId = "companion.mcp";

/** Offers Companion's MCP server to agents in VS Code, if VS Code has them. It's started only when an agent uses it. */
export function offerMcpServer(
  app: App,
  findProgram: (context: vscode.ExtensionContext) => Promise<Program>,
  api: McpApi | undefined = findMcpApi(),
): vscode.Disposable {
  return (
    api?.lm.registerMcpServerDefinitionProvider(providerId, {
      provideMcpServerDefinitions: async () => [define(app.context, await findProgram(app.context), api)],
      resolveMcpServerDefinition: (definition) => resolve(app, definition),
    }) ?? vscode.Disposable.from()
  );
}

function define(
  { extension }: vscode.ExtensionContext,
  { command, args }: Program,
  { McpStdioServerDefinition }: McpApi,
): StdioDefinition {
  const { version } = extension.packageJSON as { version: string };
  return new McpStdioServerDefinition("Companion", command, [...args, "mcp"], {}, version);
}

/** Adds what the server needs to start. VS Code doesn't store this. */
async function resolve(
  { context, credentials, store }: App,
  definition: StdioDefinition,
): Promise<StdioDefinition> {
  const { gatewayUrl } = readSettings();
  const baseUrl = store.view.sandbox ? "sandbox" : gatewayUrl;
  definition.env = {
    ...definition.env,
    ...(baseUrl && { FIREWORKS_BASE_URL: baseUrl }),
    ...(store.view.sandbox ? {} : await keyOf(credentials)),
    COMPANION_STORAGE_PATH: context.globalStorageUri.fsPath,
    COMPANION_KEPT_BY: "vscode",
  };
  return definition;
}

async function keyOf(credentials: App["credentials"]): Promise<Record<string, string>> {
  const choice = await credentials.choose();
  switch (choice.kind) {
    case "none":
      throw new Error(l10n.t("Sign in to Companion first."));
    case "stored":
      return { FIREWORKS_API_KEY: choice.apiKey, FIREWORKS_ACCOUNT_ID: choice.accountId };
    case "found":
      return {}; // it finds the key itself
  }
}
