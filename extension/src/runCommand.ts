import type { App } from "./app.js";
import { type CommandName, commandNames, idOf } from "./commands/commands.js";
import { selectionOf } from "./state/folderChoice.js";
import type { Selection } from "./state/view.js";

/**
 * A command handler.
 * @param environment the environment of the row that the command was run on, if any
 */
export type Handler = (app: App, environment?: Selection) => Promise<unknown>;

/** Runs a command by its ID. An error in its handler is shown in one notification. */
export type RunCommand = (id: string, argument?: unknown) => Promise<void>;

export function commandRunner(app: App, handlerOf: (name: CommandName) => Handler): RunCommand {
  const names = new Map<string, CommandName>(commandNames.map((name) => [idOf(name), name]));
  return async (id, argument) => {
    const name = names.get(id);
    if (!name) throw new Error(`${id} has no handler.`);
    const environment = selectionOf(argument);
    await guarded(app, () => handlerOf(name)(app, environment))();
  };
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
