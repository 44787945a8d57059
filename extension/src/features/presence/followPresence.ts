import * as vscode from "vscode";
import type { App } from "../../app.js";
import { Presence } from "../../state/presence.js";

/** The interval between checks whether the window is visible, and the timeout of a check, in milliseconds. */
const [period, limit] = [60_000, 10_000];

/** Uses a small documented command without side effects, because the workbench has to answer it. */
export const presenceOfWindow = () =>
  new Presence(() => vscode.commands.executeCommand("setContext", "companion.active", true));

/** Pauses watching while nobody can see this window, so that the server doesn't send requests for it. */
export function followPresence({ presence, server, session, log }: App): vscode.Disposable {
  let timer = setTimeout(checkPresence, period);
  let over = false;
  async function checkPresence() {
    if (server.state === "running" && !(await presence.provenWithin(limit))) {
      log.info("The window isn't responding. Watching is paused until it does.");
      session.pauseWatching();
      await presence.proven();
    }
    session.resumeWatching();
    if (!over) timer = setTimeout(checkPresence, period);
  }
  return new vscode.Disposable(() => {
    over = true;
    clearTimeout(timer);
  });
}
