import * as vscode from "vscode";
import type { App } from "../../app.js";
import { freshUntil } from "../../state/freshness.js";
import type { View } from "../../state/view.js";
import { Alarm } from "../../util/alarm.js";
import { availability } from "./availability.js";

/**
 * What the manifest's conditions read. A command is enabled unless a key says that it makes no sense: so they all are while
 * VS Code has not yet activated Companion, which a command then does.
 * @param now milliseconds of the wall clock
 */
export function contextKeys(view: View, now: number): Readonly<Record<string, boolean>> {
  const unavailable = Object.entries(availability(view, now)).map(
    ([name, possible]) => [`companion.unavailable.${name}`, !possible] as const,
  );
  const connected = view.confirmed && view.environment?.state === "CONNECTED"; // the end of the walkthrough
  return Object.fromEntries([
    ["companion.sandbox", view.sandbox],
    ["companion.connected", connected],
    ...unavailable,
  ]);
}

/** Tells VS Code which commands make sense, as that changes: by an event, or because what is known has grown old. */
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
  // Nothing on the screen waits for it, and it is a dozen calls: not in the midst of the activation.
  const first = setTimeout(publish);
  return vscode.Disposable.from(
    alarm,
    store.onChange.listen(publish),
    new vscode.Disposable(() => clearTimeout(first)),
  );
}
