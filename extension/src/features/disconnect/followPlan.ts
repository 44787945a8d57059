import * as l10n from "@vscode/l10n";
import type * as vscode from "vscode";
import type { App } from "../../app.js";
import { confirmedState } from "../../state/confirmedState.js";
import { isSelected, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** Carries out a planned disconnect once its environment is connected, and says so if it's dropped instead. */
export function followPlan(app: App, carryOut: (app: App) => Promise<void>): vscode.Disposable {
  let before = app.store.view;
  let isRunning = false;
  const run = async (view: View) => {
    if (isRunning || !isDue(view) || !view.selection) return;
    isRunning = true;
    try {
      await app.handledEnvironments.free(view.selection); // the connect, if this window is waiting for it
      if (isDue(app.store.view)) await app.runningCommands.run(() => carryOut(app));
    } catch (error) {
      app.reporter.error(error);
    } finally {
      isRunning = false;
    }
  };
  return app.store.onChange.listen((view) => {
    const earlier = before;
    before = view;
    const message = isRunning ? undefined : droppedText(earlier, view);
    if (message !== undefined) app.reporter.notify("Warning", message, ["disconnect"]);
    void run(view);
  });
}

function isDue(view: View): boolean {
  return view.plannedDisconnect !== undefined && confirmedState(view, Date.now()) === "CONNECTED";
}

/** Returns what to say if a planned disconnect was dropped, and its environment might still cost money. */
export function droppedText(before: View, now: View): string | undefined {
  const { selection, plannedDisconnect } = before;
  if (!plannedDisconnect || !selection || now.plannedDisconnect) return undefined;
  const name = singleLine(nameOf(selection));
  if (!isSelected(now, selection))
    return l10n.t(
      "{0} won't be disconnected once it's connected, because this window now shows something else.",
      name,
    );
  return now.environment !== before.environment && now.environment?.state === "CONNECTED"
    ? l10n.t("Reconnecting {0} failed, so it wasn't disconnected. It's still connected as before.", name)
    : undefined;
}
