import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { View } from "../../state/view.js";
import { availability } from "./availability.js";

/**
 * What the manifest's conditions read. A command is enabled unless a key says that it makes no sense: so they all are while
 * VS Code has not yet activated Companion, which a command then does.
 */
export function contextKeys(view: View): Readonly<Record<string, boolean>> {
  const unavailable = Object.entries(availability(view)).map(
    ([name, possible]) => [`companion.unavailable.${name}`, !possible] as const,
  );
  return Object.fromEntries([["companion.sandbox", view.sandbox], ...unavailable]);
}

/** Tells VS Code which commands make sense, as that changes. */
export function followContext({ store }: App): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = (view: View) => {
    for (const [key, value] of Object.entries(contextKeys(view))) {
      if (told.get(key) === value) continue;
      told.set(key, value);
      void vscode.commands.executeCommand("setContext", key, value);
    }
  };
  tell(store.view);
  return store.onChange.listen(tell);
}
