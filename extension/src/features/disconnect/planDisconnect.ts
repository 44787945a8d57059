import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { commands } from "../../commands/commands.js";
import { confirmedState } from "../../state/confirmedState.js";
import { planStep } from "../../state/plannedDisconnect.js";
import { isConnecting } from "../../state/transitions.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { disconnectOnce } from "./disconnect.js";
import { consequence } from "./options.js";

/** Plans a disconnect of the environment that is being connected, because the gateway rejects one before that's complete. */
export async function disconnectWhenConnected({ store, reporter }: App): Promise<void> {
  const { selection } = store.view;
  if (!selection || !isConnecting(confirmedState(store.view, Date.now()))) return;
  const name = singleLine(nameOf(selection));
  const title = l10n.t("Disconnect {0} as soon as it's connected?", name);
  const detail = [l10n.t("This window sends the disconnect, so keep it open."), consequence({})].join(" ");
  const confirm = commands.disconnectWhenConnected.title();
  if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, confirm)) !== confirm) return;
  if (isConnecting(store.view.environment?.state)) {
    store.dispatch({ type: "disconnectPlanned", environment: selection, plan: { isUnwatched: false } });
    return;
  }
  reporter.notify("Information", l10n.t("{0} is no longer being connected.", name), ["disconnect"]);
}

/** Drops the planned disconnect. */
export async function keepConnected({ store }: App): Promise<void> {
  const { selection } = store.view;
  if (selection) store.dispatch({ type: "disconnectPlanned", environment: selection, plan: undefined });
}

/** Carries out the planned disconnect of the selected environment, which is connected now. */
export async function carryOutPlan(app: App): Promise<void> {
  const { selection, environment, plannedDisconnect: plan } = app.store.view;
  if (!selection || !environment || !plan) return;
  const name = singleLine(nameOf(selection));
  switch (planStep(plan, environment)) {
    case "disconnect":
      await disconnectOnce(app, selection, {});
      break;
    case "ask":
      app.reporter.notify(
        "Warning",
        l10n.t(
          "{0} is connected. You wanted to disconnect it then, but Companion didn't see when that happened, so it's still connected.",
          name,
        ),
        ["disconnect"],
      );
      break;
  }
  app.store.dispatch({ type: "disconnectPlanned", environment: selection, plan: undefined });
}
