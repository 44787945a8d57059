import * as vscode from "vscode";
import type { App } from "../../app.js";
import { asRpcError, isTransient } from "../../errors/rpcError.js";
import { freshness, freshUntil } from "../../state/freshness.js";
import { isSignedOut, type View } from "../../state/view.js";
import { Alarm } from "../../util/alarm.js";

/** The initial and maximum delay before the gateway is asked again after a failure, in milliseconds. */
const [firstDelay, longestDelay] = [5_000, 300_000];

/**
 * Refreshes an outdated state that the user can see: after startup, reload, or sleep, and when the window gets the
 * focus. Shows the result only in the status bar.
 */
export function refreshStaleState(app: App): vscode.Disposable {
  let asking = false;
  let delay = firstDelay;
  const isDue = () => needsRefresh(app.store.view, Date.now(), vscode.window.state.focused);
  const refreshIfNeeded = async (isProven = false) => {
    if (asking || !isDue()) return;
    asking = true;
    const isSeen = isProven || ((await app.presence.proven()) && isDue());
    const isAnswered = !isSeen || (await ask(app));
    asking = false;
    again.set(isAnswered ? undefined : Date.now() + delay);
    delay = isAnswered ? firstDelay : Math.min(2 * delay, longestDelay);
  };
  const aged = new Alarm(() => refreshIfNeeded());
  const again = new Alarm(() => refreshIfNeeded());
  // Once all features listen. The window exists, because it has just started this process.
  const first = setTimeout(() => refreshIfNeeded(true));
  return vscode.Disposable.from(
    aged,
    again,
    new vscode.Disposable(() => clearTimeout(first)),
    vscode.window.onDidChangeWindowState(() => refreshIfNeeded()),
    app.store.onChange.listen((view) => aged.set(freshUntil(view, Date.now()))),
  );
}

/** Whether the shown state is outdated, visible, and can be refreshed without the user. */
export function needsRefresh(view: View, now: number, isFocused: boolean): boolean {
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

/** @returns false if the gateway couldn't be reached and nothing else will ask it again */
async function ask({ server, session, store, log }: App): Promise<boolean> {
  const { selection } = store.view;
  if (!selection) return true;
  const { accountId, environmentId } = selection;
  let isWatched = false;
  try {
    const wasRunning = server.state === "running";
    await session.ensureReady(); // also tells the server what to watch, which makes it report the state
    isWatched = true;
    if (wasRunning) await session.ask("getEnvironment", { accountId, environmentId });
    return true;
  } catch (error) {
    log.warn(`Couldn't confirm the state: ${error instanceof Error ? error.message : String(error)}`);
    const answer = asRpcError(error);
    if (isWatched || !answer || !isTransient(answer.code)) return true;
    const { code, message, data } = answer;
    const problem = { code, status: data?.status ?? "", message };
    store.dispatch({ type: "problem", accountId, environmentId, problem });
    return false;
  }
}
