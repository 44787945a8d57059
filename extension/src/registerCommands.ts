import * as vscode from "vscode";
import type { App } from "./app.js";
import { type CommandName, commandNames, idOf } from "./commands/commands.js";

/** A command handler. Arguments are ignored because only other parts of the extension could pass them. */
export type Handler = (app: App) => Promise<unknown>;

/** Registers all commands. An error in a handler is shown in one notification. */
export function registerCommands(app: App, handlerOf: (name: CommandName) => Handler): vscode.Disposable {
  const registered = commandNames.map((name) =>
    vscode.commands.registerCommand(idOf(name), guarded(app, handlerOf(name))),
  );
  return vscode.Disposable.from(...registered);
}

/** Wraps work that the user started. An error is shown in one notification that offers to try again. */
export function guarded(app: App, work: Handler): () => Promise<void> {
  const run = async (): Promise<void> => {
    try {
      await app.runningCommands.run(() => work(app));
    } catch (error) {
      app.reporter.error(error, { tryAgain: run });
    }
  };
  return run;
}
