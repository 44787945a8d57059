import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { confirmedState } from "../../state/confirmedState.js";
import { markInterval, OpenTime } from "../../state/openTime.js";
import type { View } from "../../state/view.js";
import { Alarm } from "../../util/alarm.js";
import { relativeTimeIn } from "../../util/relativeTime.js";
import { leftConnectedText } from "./leftConnected.js";

/**
 * How long to wait for a confirmed state, in milliseconds, so that nothing is said about what already ended. Longer than
 * a slow machine needs to start the server. A window that can't reach the gateway doesn't wait.
 */
const patience = 30_000;

/** Tells the user after a start if VS Code was closed while the workspace's environment was connected. Asks for nothing. */
export function followLastWindow(app: App): vscode.Disposable {
  const { context, presence, store, log } = app;
  const openTime = new OpenTime(context.globalStorageUri.fsPath);
  const remembered = store.view.environment;
  const mark = () => openTime.mark(Date.now());
  const inBackground = (work: Promise<void>) =>
    void work.catch((error: unknown) => log.warn(`Couldn't follow the open windows: ${error}`));
  const markLater = () => alarm.set(Date.now() + markInterval);
  const alarm = new Alarm(() => inBackground(markIfPresent()));
  const markIfPresent = async () => {
    if (await presence.proven()) mark(); // nobody sees a lost window
    markLater();
  };
  const begin = async () => {
    const openSince = openTime.begin(Date.now());
    markLater();
    if (remembered) await tell(app, remembered, openSince);
  };
  const first = setTimeout(() => inBackground(begin())); // activation starts nothing
  return new vscode.Disposable(() => {
    clearTimeout(first);
    alarm.dispose();
    inBackground((async () => mark())());
  });
}

async function tell(app: App, remembered: EnvironmentInfo, openSince: number): Promise<void> {
  const { awareness, presence, reporter, store } = app;
  const text = () => {
    const isHandled = awareness.covers(remembered);
    const ago = relativeTimeIn(vscode.env.language, Date.now());
    return leftConnectedText({ remembered, view: store.view, openSince, isHandled }, ago);
  };
  if (text() === undefined) return;
  await untilConfirmed(app);
  if (!(await presence.proven())) return;
  const message = text();
  if (message === undefined) return;
  await awareness.tell(remembered, () => reporter.notify("Warning", message, ["disconnect", "refresh"]));
}

/** Waits for the state that a visible window asks for on its own, but not long. */
async function untilConfirmed({ store }: App): Promise<void> {
  const isKnown = (view: View) =>
    view.problem !== undefined || confirmedState(view, Date.now()) !== undefined;
  if (isKnown(store.view)) return;
  await new Promise<void>((resolve) => {
    const finish = () => {
      clearTimeout(late);
      listening.dispose();
      resolve();
    };
    const late = setTimeout(finish, patience);
    const listening = store.onChange.listen((view) => {
      if (isKnown(view)) finish();
    });
  });
}
