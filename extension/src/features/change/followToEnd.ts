import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { freshness } from "../../state/freshness.js";
import { stateLabel } from "../../state/states.js";
import { hasFailed } from "../../state/transitions.js";
import { isSelected, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { timesIn } from "../../util/times.js";
import { connectedText, stoppedText } from "./outcome.js";
import { type Stage, stageText } from "./stage.js";
import type { Settled } from "./unsettled.js";

/** The states in which a change is still in progress, and the stage that each shows. */
const stages: Readonly<Record<string, Stage>> = {
  CONNECTING: "connecting",
  RECONNECTING: "reconnecting",
  DISCONNECTING: "disconnecting",
};

/** A change that's still in progress. */
type Unfinished = Settled & { readonly environment: EnvironmentInfo };

/** Whether a change of the window's environment is still in progress, so that its end will be seen. */
export function isUnfinished(settled: Settled, view: View): settled is Unfinished {
  const { environment } = settled;
  return environment !== undefined && isSelected(view, environment) && environment.state in stages;
}

/** Shows a change that an earlier process sent as if this one had sent it: with progress, Cancel, and its end. */
export async function followToEnd(app: App, change: Unfinished): Promise<void> {
  const title = titleOf(change);
  const location = vscode.ProgressLocation.Notification;
  const end = await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
    untilEnd(app, change, (message) => progress.report({ message }), token),
  );
  const { environment } = app.store.view;
  const method = change.unsettled.change;
  if (end === "canceled")
    app.reporter.notify("Information", stoppedText(environment, method, nameOf(change.environment)), [
      "showLog",
    ]);
  else if (end === "ended" && environment) {
    reportEnd(app, change, environment);
    await app.awareness.end(environment, environment.observedAt);
  }
}

type End = "ended" | "canceled" | "lost";

function untilEnd(
  { store }: App,
  { unsettled, environment }: Unfinished,
  show: (message: string) => void,
  token: vscode.CancellationToken,
): Promise<End> {
  const times = timesIn(vscode.env.language);
  return new Promise((resolve) => {
    const follow = (view: View) => {
      if (!isSelected(view, environment) || view.account === null || !view.environment) return finish("lost");
      const stage = stages[view.environment.state];
      const isKnown = freshness(view, Date.now()) === "present";
      if (!stage && isKnown) return finish("ended");
      const { expectedSeconds, observedAt } = view.environment;
      const shown =
        isKnown && stage ? { stage, since: unsettled.since } : { stage: "unconfirmed", since: observedAt };
      show(stageText({ ...shown, ...(expectedSeconds && { expectedSeconds }) }, times));
    };
    const listening = [
      store.onChange.listen(follow),
      token.onCancellationRequested(() => finish("canceled")),
    ];
    const finish = (end: End) => {
      for (const one of listening) one.dispose();
      resolve(end);
    };
    follow(store.view);
  });
}

function titleOf({ unsettled, environment }: Unfinished): string {
  const name = singleLine(nameOf(environment));
  if (unsettled.change === "disconnect") return l10n.t("Disconnecting {0}", name);
  const pool = environment.connection?.nodePoolId;
  return pool ? l10n.t("Connecting {0} to {1}", name, pool) : l10n.t("Connecting {0}", name);
}

function reportEnd(
  app: App,
  { unsettled, environment: before }: Unfinished,
  environment: EnvironmentInfo,
): void {
  const method = unsettled.change;
  const name = singleLine(nameOf(environment));
  const { state, status } = environment;
  const isDone = state === (method === "connect" ? "CONNECTED" : "DISCONNECTED") && !hasFailed(environment);
  if (isDone) {
    const pool = before.connection?.nodePoolId ?? "";
    const text =
      method === "connect" ? connectedText(name, pool, environment) : l10n.t("{0} is disconnected.", name);
    app.reporter.notify("Information", text, []);
    return;
  }
  const text =
    method === "connect"
      ? l10n.t("Connecting {0} failed. State: {1}", name, stateLabel(state))
      : l10n.t("Disconnecting {0} failed. State: {1}", name, stateLabel(state));
  const reason = singleLine(status?.message ?? "", 300);
  const actions =
    method === "connect" ? (["connectTo", "showLog"] as const) : (["disconnect", "showLog"] as const);
  app.reporter.notify("Error", reason ? `${text}. ${reason}` : `${text}.`, actions);
}
