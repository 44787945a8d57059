import * as vscode from "vscode";
import type { App } from "../../app.js";
import { endOf } from "../../state/leases.js";
import { isGone, isSignedOut } from "../../state/view.js";

/** The ends of connections in milliseconds of the wall clock, by account and environment. */
type Ends = Readonly<Record<string, number>>;

/** Shared by all windows, and read when a window opens. */
const storedAs = "ends";

/**
 * Starts the server when the user is back and an end has passed that a server on this machine should have kept, also in
 * another workspace. The server does the rest.
 */
export function startForPassedEnds(app: App): vscode.Disposable {
  const { environments, globalState, log, presence, server, session, store } = app;
  let ends = globalState.get<Ends>(storedAs) ?? {};
  const isDue = () =>
    server.state === "stopped" &&
    vscode.window.state.focused &&
    !store.view.sandbox &&
    !isSignedOut(store.view) &&
    Object.values(ends).some((end) => end <= Date.now());
  const startIfDue = async () => {
    if (!isDue() || !(await presence.proven()) || !isDue()) return;
    await session.ensureReady();
  };
  const inBackground = () =>
    void startIfDue().catch((error: unknown) =>
      log.warn(`Couldn't start the server for an end that passed: ${error}`),
    );
  const first = setTimeout(inBackground); // activation starts nothing
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearTimeout(first)),
    vscode.window.onDidChangeWindowState(inBackground),
    environments.onChange.listen((id) => {
      const now = withEndsOf(app, ends, id === undefined ? environments.ids : [id]);
      if (now === ends) return;
      ends = now;
      void globalState.update(storedAs, ends);
    }),
  );
}

/** Returns the same object if nothing has changed. */
function withEndsOf({ environments, store }: App, ends: Ends, ids: Iterable<string>): Ends {
  if (store.view.sandbox) return ends; // a restart resets it
  let changed: Record<string, number> | undefined;
  for (const id of ids) {
    const view = environments.get(id);
    if (!view?.selection || !(view.environment || isGone(view))) continue;
    const key = `${view.selection.accountId}/${view.selection.environmentId}`;
    const end = view.environment && endOf(view.environment);
    if (ends[key] === end) continue;
    changed ??= { ...ends };
    if (end === undefined) delete changed[key];
    else changed[key] = end;
  }
  return changed ?? ends;
}
