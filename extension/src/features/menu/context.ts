import * as vscode from "vscode";
import type { App } from "../../app.js";
import { commandNames, commands, isAvailable } from "../../commands/commands.js";
import { freshUntil } from "../../state/freshness.js";
import { isSignedOut, type View } from "../../state/view.js";
import { Alarm } from "../../util/alarm.js";

/**
 * Returns the context keys for the manifest's conditions. They disable commands, so that all commands are enabled
 * until Companion is activated.
 * @param now wall clock time in milliseconds
 */
export function contextKeys(view: View, now: number): Readonly<Record<string, boolean>> {
  const unavailable = commandNames
    .filter((name) => commands[name].available)
    .map((name) => [`companion.unavailable.${name}`, !isAvailable(name, view, now)] as const);
  const connected = view.confirmed && view.environment?.state === "CONNECTED"; // completes the walkthrough
  return Object.fromEntries([
    ["companion.sandbox", view.sandbox],
    ["companion.signedOut", isSignedOut(view)],
    ["companion.connected", connected],
    ...unavailable,
  ]);
}

/** Updates the context keys when the state changes or becomes outdated. */
export function followContext({ store }: App): vscode.Disposable {
  const published = new Map<string, boolean>();
  const alarm = new Alarm(() => publish());
  const publish = () => {
    const now = Date.now();
    for (const [key, value] of Object.entries(contextKeys(store.view, now))) {
      if (published.get(key) === value) continue;
      published.set(key, value);
      void vscode.commands.executeCommand("setContext", key, value);
    }
    alarm.set(freshUntil(store.view, now));
  };
  // Takes a dozen calls and nothing visible depends on it, so don't slow down activation.
  const first = setTimeout(publish);
  return vscode.Disposable.from(
    alarm,
    store.onChange.listen(publish),
    new vscode.Disposable(() => clearTimeout(first)),
  );
}
