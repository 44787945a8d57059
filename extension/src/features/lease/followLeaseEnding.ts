import type * as vscode from "vscode";
import type { App } from "../../app.js";
import type { LeaseEndingParams } from "../../protocol.g.js";

/**
 * Tells the user that a connection is about to end. On a machine, only one server announces it, so only one window does.
 * @param tell loaded when it's needed
 */
export function followLeaseEnding(
  app: App,
  tell: (app: App, ending: LeaseEndingParams) => Promise<void>,
): vscode.Disposable {
  return app.server.onLeaseEnding.listen((ending) => {
    tell(app, ending).catch((error: unknown) =>
      app.log.warn(`Couldn't announce the end of a connection: ${error}`),
    );
  });
}
