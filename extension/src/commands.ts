import * as vscode from "vscode";
import type { App } from "./app.js";

/** What a command may be asked with; nothing but other parts of the extension has anything to say. */
export type Handler = (app: App) => Promise<void>;

/** Registers commands. Whatever one of them throws becomes one message. */
export function registerCommands(app: App, handlers: Readonly<Record<string, Handler>>): vscode.Disposable {
  const registered = Object.entries(handlers).map(([name, handler]) => {
    const run = async (): Promise<void> => {
      try {
        await app.commands.run(() => handler(app));
      } catch (error) {
        app.reporter.error(error, "question", run);
      }
    };
    return vscode.commands.registerCommand(`companion.${name}`, run);
  });
  return vscode.Disposable.from(...registered);
}
