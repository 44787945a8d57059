import * as vscode from "vscode";
import type { App } from "../../app.js";
import { idleMinutes } from "../../settings.js";
import { Alarm } from "../../util/alarm.js";

/**
 * Reminds the user of a connection if nothing has happened in this window for as long as `companion.remindWhenIdle`
 * says, once until something happens again.
 * @param remind returns false if there's no reason to, or the window might be busy without any events; loaded when it's
 * needed
 */
export function followIdle(
  app: App,
  remind: (app: App, minutes: number) => Promise<boolean>,
): vscode.Disposable {
  let activeAt = Date.now();
  let isReminded = false;
  const alarm = new Alarm(() => check().catch((error: unknown) => app.log.warn(`Couldn't remind: ${error}`)));
  const isConnected = () => app.store.view.environment?.state === "CONNECTED"; // also if that's outdated
  const arm = () => {
    const minutes = idleMinutes();
    alarm.set(minutes > 0 && !isReminded && isConnected() ? activeAt + minutes * 60_000 : undefined);
  };
  const active = () => {
    activeAt = Date.now();
    const wasReminded = isReminded;
    isReminded = false;
    if (wasReminded) arm(); // otherwise, the alarm checks the time
  };
  async function check() {
    const minutes = idleMinutes();
    const isIdle = minutes > 0 && Date.now() - activeAt >= minutes * 60_000;
    if (isIdle && isConnected() && (await app.presence.proven())) {
      isReminded = await remind(app, minutes);
      if (!isReminded) active();
    }
    arm();
  }
  const { window, workspace } = vscode;
  arm();
  return vscode.Disposable.from(
    alarm,
    app.store.onChange.listen(arm),
    window.onDidChangeActiveTextEditor(active),
    window.onDidChangeTextEditorSelection(active),
    window.onDidChangeActiveTerminal(active),
    window.onDidChangeWindowState(active),
    workspace.onDidSaveTextDocument(active),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme !== "output") active(); // logs are no work
    }),
    workspace.onDidChangeConfiguration(arm),
  );
}
