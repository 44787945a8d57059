import * as vscode from "vscode";

/** What an agent calls a tool with. */
export type ToolInput = Readonly<Record<string, unknown>>;

/** A tool for agents. */
export interface Tool {
  prepareInvocation(options: { readonly input: ToolInput }): {
    readonly invocationMessage: string;
    readonly confirmationMessages?: { readonly title: string; readonly message: string } | undefined;
  };
  invoke(options: { readonly input: ToolInput }, token: vscode.CancellationToken): Promise<unknown>;
}

/** VS Code's API for tools, which came with 1.95. */
export interface ToolApi {
  readonly LanguageModelTextPart: new (text: string) => unknown;
  readonly LanguageModelToolResult: new (parts: readonly unknown[]) => unknown;
  readonly lm: { registerTool(name: string, tool: Tool): vscode.Disposable };
}

/** Returns the API if this VS Code has it. */
export function findToolApi(): ToolApi | undefined {
  const api = vscode as unknown as { lm?: Partial<ToolApi["lm"]> } & Partial<Omit<ToolApi, "lm">>;
  const hasAll =
    api.LanguageModelTextPart !== undefined &&
    api.LanguageModelToolResult !== undefined &&
    api.lm?.registerTool !== undefined;
  return hasAll ? (vscode as unknown as ToolApi) : undefined;
}
