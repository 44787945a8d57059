import * as vscode from "vscode";

/** An MCP server that VS Code starts as a process. */
export interface StdioDefinition {
  readonly label: string;
  env: Record<string, string | number | null>;
}

/** Provides MCP servers. */
export interface McpProvider {
  provideMcpServerDefinitions(): Promise<StdioDefinition[]>;
  resolveMcpServerDefinition(definition: StdioDefinition): Promise<StdioDefinition>;
}

/** VS Code's API for MCP servers, which came with 1.101. */
export interface McpApi {
  readonly McpStdioServerDefinition: new (
    label: string,
    command: string,
    args: readonly string[],
    env: Record<string, string | number | null>,
    version: string,
  ) => StdioDefinition;
  readonly lm: {
    registerMcpServerDefinitionProvider(id: string, provider: McpProvider): vscode.Disposable;
  };
}

/** Returns the API if this VS Code has it. */
export function findMcpApi(): McpApi | undefined {
  const api = vscode as unknown as { lm?: Partial<McpApi["lm"]> } & Partial<Omit<McpApi, "lm">>;
  const hasAll =
    api.McpStdioServerDefinition !== undefined && api.lm?.registerMcpServerDefinitionProvider !== undefined;
  return hasAll ? (vscode as unknown as McpApi) : undefined;
}
