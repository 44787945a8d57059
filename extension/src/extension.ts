import * as vscode from "vscode";
import type { Extension } from "./main.js";

let started: Promise<Extension> | undefined;

/**
 * Registers the commands of the manifest. The rest follows just after activation, so that other extensions don't wait
 * for it. Nothing starts and no request is sent until the user runs a command or looks at an outdated state.
 */
export function activate(context: vscode.ExtensionContext): void {
  const next = new Promise<void>((resolve) => setTimeout(resolve));
  const extension = next.then(async () => (await import("./main.js")).start(context));
  started = extension;
  const { contributes } = context.extension.packageJSON as typeof import("../package.json");
  for (const { command } of contributes.commands) {
    const run = async (argument: unknown) => (await extension).run(command, argument);
    context.subscriptions.push(vscode.commands.registerCommand(command, run));
  }
}

/** VS Code waits for this, so the server can shut down cleanly. */
export async function deactivate(): Promise<void> {
  await (await started)?.stop();
}
