import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { asRpcError, GoogleRpcCode } from "../../errors/rpcError.js";
import { apiKeysName } from "../../session/keyStore.js";
import { isSignedOut } from "../../state/view.js";
import { Claims } from "../../util/claims.js";
import { RefusalPrompt } from "./refusalPrompt.js";

/** Signs this window in and out with the others. Shows no notification, because the status bar shows the result. */
export function followSignIn(app: App): vscode.Disposable {
  const inBackground = (work: Promise<void>) =>
    void work.catch((error: unknown) => app.log.warn(error instanceof Error ? error.message : String(error)));
  const follow = () => inBackground(app.credentials.follow());
  return vscode.Disposable.from(
    app.context.secrets.onDidChange(({ key }) => {
      if (key === apiKeysName) follow();
    }),
    app.signInMark.watch(follow, (error) =>
      app.log.warn(`Can't watch for changes from other windows: ${error}`),
    ),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) follow();
    }),
    followRefusal(app, inBackground),
    followOrigin(app),
  );
}

/** Reports a key that the gateway rejects, once and in one window. */
function followRefusal(app: App, inBackground: (work: Promise<void>) => void): vscode.Disposable {
  const { credentials, reporter, store } = app;
  const claims = new Claims(join(app.context.globalStorageUri.fsPath, "told"));
  const prompt = new RefusalPrompt({
    focused: () => vscode.window.state.focused,
    present: () => app.presence.proven(),
    claim: (id) => claims.claim(id),
    release: (id) => claims.release(id),
    prompt: (reason) =>
      reporter.notify("Warning", l10n.t("The API key was rejected: {0}", reason), ["signIn", "showLog"]),
  });
  let accepted = false;
  return vscode.Disposable.from(
    credentials.onRefused.listen((key) => inBackground(prompt.refused(key))),
    reporter.onError.listen((error) => {
      if (asRpcError(error)?.code === GoogleRpcCode.Unauthenticated)
        inBackground(prompt.alreadyShown(credentials.keyId));
    }),
    store.onChange.listen((view) => {
      const before = accepted;
      accepted = !view.sandbox && Boolean(view.account) && !isSignedOut(view);
      if (accepted && !before) inBackground(prompt.accepted(credentials.keyId));
    }),
    vscode.window.onDidChangeWindowState(() => inBackground(prompt.windowFocused())),
  );
}

/** Logs where the key came from. The tooltip of the status bar shows it too. */
function followOrigin(app: App): vscode.Disposable {
  let said: string | undefined;
  return app.store.onChange.listen(({ account }) => {
    if (!account) return;
    const { accountId, keySource, keyOrigin } = account;
    const line = `Signed in to account ${accountId}; the API key is from ${keyOrigin ?? keySource}.`;
    if (line !== said) app.log.info(line);
    said = line;
  });
}
