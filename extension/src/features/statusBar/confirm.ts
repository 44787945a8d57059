import * as vscode from "vscode";
import type { App } from "../../app.js";
import { asRpcError, mayPass } from "../../errors/rpcError.js";
import { freshness, freshUntil } from "../../state/freshness.js";
import { isSignedOut, type View } from "../../state/view.js";
import { Alarm } from "../../util/alarm.js";

/** Milliseconds after which a gateway that was not heard is asked again: at first, and at most. */
const [firstDelay, longestDelay] = [5_000, 300_000];

/**
 * Sees to it that an old state which somebody looks at is soon the true one: after a start or a reload, after a sleep, and
 * when the window gets the focus, the gateway is asked. Nothing is told but in the status bar.
 */
export function confirmOldStates(app: App): vscode.Disposable {
  let asking = false;
  let delay = firstDelay;
  const isDue = () => isWorthAsking(app.store.view, Date.now(), vscode.window.state.focused);
  const look = async () => {
    if (asking || !isDue()) return;
    asking = true;
    const isSeen = (await app.presence.proven()) && isDue();
    const isHeard = !isSeen || (await ask(app));
    asking = false;
    again.set(isHeard ? undefined : Date.now() + delay);
    delay = isHeard ? firstDelay : Math.min(2 * delay, longestDelay);
  };
  const aged = new Alarm(look);
  const again = new Alarm(look);
  // Not in the midst of the activation, which starts nothing.
  const first = setTimeout(look);
  return vscode.Disposable.from(
    aged,
    again,
    new vscode.Disposable(() => clearTimeout(first)),
    vscode.window.onDidChangeWindowState(look),
    app.store.onChange.listen((view) => aged.set(freshUntil(view, Date.now()))),
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

/** @returns false where the gateway was not heard, and nobody else asks it again */
async function ask({ server, session, store, log }: App): Promise<boolean> {
  const { selection } = store.view;
  if (!selection) return true;
  const { accountId, environmentId } = selection;
  let isWatched = false;
  try {
    const wasRunning = server.state === "running";
    await session.begin(); // it also tells the server what to watch, which then tells how it is
    isWatched = true;
    if (wasRunning) await session.ask("getEnvironment", { accountId, environmentId });
    return true;
  } catch (error) {
    log.warn(`The old state is not confirmed: ${error instanceof Error ? error.message : String(error)}`);
    const answer = asRpcError(error);
    if (isWatched || !answer || !mayPass(answer.code)) return true;
    const { code, message, data } = answer;
    const problem = { code, status: data?.status ?? "", message };
    store.dispatch({ type: "problem", accountId, environmentId, problem });
    return false;
  }
}
