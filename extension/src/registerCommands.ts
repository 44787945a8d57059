import * as vscode from "vscode";
import type { App } from "./app.js";
import { type CommandName, commandNames, idOf } from "./commands/commands.js";
import { selectionOf } from "./state/folderChoice.js";
import type { Selection } from "./state/view.js";

/**
 * A command handler.
 * @param environment the environment of the row that the command was run on, if any
 */
export type Handler = (app: App, environment?: Selection) => Promise<unknown>;

/** Registers all commands. An error in a handler is shown in one notification. */
export function registerCommands(app: App, handlerOf: (name: CommandName) => Handler): vscode.Disposable {
  const registered = commandNames.map((name) =>
    vscode.commands.registerCommand(idOf(name), (argument: unknown) => {
      const environment = selectionOf(argument);
      return guarded(app, () => handlerOf(name)(app, environment))();
    }),
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
