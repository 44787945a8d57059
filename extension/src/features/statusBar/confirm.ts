import * as vscode from "vscode";
import type { App } from "../../app.js";
import { freshness, freshUntil } from "../../state/freshness.js";
import { isSignedOut, type View } from "../../state/view.js";
import { Alarm } from "../../util/alarm.js";

/**
 * Sees to it that an old state which somebody looks at is soon the true one: after a start or a reload, after a sleep, and
 * when the window gets the focus, the gateway is asked, once. Nothing is told but in the status bar.
 */
export function confirmOldStates(app: App): vscode.Disposable {
  let asking: Promise<void> | undefined;
  const look = () => {
    if (asking || !isWorthAsking(app.store.view, Date.now(), vscode.window.state.focused)) return;
    asking = ask(app).finally(() => {
      asking = undefined;
    });
  };
  const alarm = new Alarm(look);
  // Not in the midst of the activation, which starts nothing.
  const first = setTimeout(look);
  return vscode.Disposable.from(
    alarm,
    new vscode.Disposable(() => clearTimeout(first)),
    vscode.window.onDidChangeWindowState(look),
    app.store.onChange.listen((view) => alarm.set(freshUntil(view, Date.now()))),
  );
}

/** True where the state that is shown is old, a person can see it, and nothing stands in the way that only they can remove. */
export function isWorthAsking(view: View, now: number, isFocused: boolean): boolean {
  const isComing = view.server === "starting" || view.server === "restarting";
  return (
    isFocused &&
    view.selection !== undefined &&
    !isComing &&
    view.server !== "failed" &&
    !isSignedOut(view) &&
    freshness(view, now) !== "present"
  );
}

async function ask({ server, session, store, log }: App): Promise<void> {
  try {
    const wasRunning = server.state === "running";
    await session.begin(); // a server that was not running is told what to watch, and tells how it is
    const { selection } = store.view;
    if (!wasRunning || !selection) return;
    const { accountId, environmentId } = selection;
    await session.ask("getEnvironment", { accountId, environmentId });
  } catch (error) {
    log.warn(`The old state is not confirmed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
