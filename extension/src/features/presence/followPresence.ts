import * as vscode from "vscode";
import type { App } from "../../app.js";
import { Presence } from "../../state/presence.js";

/** Milliseconds between two proofs that somebody can see this window, and for one of them. */
const [period, limit] = [60_000, 10_000];

/** Documented, tiny, and without effect: its answer comes from the workbench. */
export const presenceOfWindow = () =>
  new Presence(() => vscode.commands.executeCommand("setContext", "companion.active", true));

/** Keeps the server from asking the gateway on behalf of a window that nobody can see, until somebody can again. */
export function followPresence({ presence, server, session, log }: App): vscode.Disposable {
  let timer = setTimeout(checkPresence, period);
  let over = false;
  async function checkPresence() {
    if (server.state === "running" && !(await presence.provenWithin(limit))) {
      log.info("The window does not answer: its environment is not watched until it does.");
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
