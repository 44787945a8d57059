import * as vscode from "vscode";
import type { App } from "./app.js";

/** What a command may be asked with; nothing but other parts of the extension has anything to say. */
export type Handler = (app: App) => Promise<void>;

/** Registers commands. Whatever one of them throws becomes one message. */
export function registerCommands(app: App, handlers: Readonly<Record<string, Handler>>): vscode.Disposable {
  const registered = Object.entries(handlers).map(([name, handler]) =>
    vscode.commands.registerCommand(`companion.${name}`, guarded(app, handler)),
  );
  return vscode.Disposable.from(...registered);
}

/** Work that a person has begun: what it throws becomes one message, from which it can be begun again. */
export function guarded(app: App, work: Handler): () => Promise<void> {
  const run = async (): Promise<void> => {
    try {
      await app.runningCommands.run(() => work(app));
    } catch (error) {
      app.reporter.error(error, "question", run);
    }
  };
  return run;
}
