import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { isAvailable } from "../../commands/commands.js";
import { explain } from "../../errors/explain.js";
import { isCancelled, isServerLost } from "../../errors/rpcError.js";
import { type Action, UserError } from "../../errors/userError.js";
import type { EnvironmentInfo, Requests, WorkDoneProgress } from "../../protocol.g.js";
import { isSelected, nameOf, type Selection } from "../../state/view.js";
import type { OwnActions } from "../../ui/report.js";
import { timesIn } from "../../util/times.js";
import { runFollowUp } from "../followUp/runFollowUp.js";
import { type ChangeMethod, canceledText, serverLostText, unconfirmedText } from "./outcome.js";
import { consentQuestion, resultText, withConsent } from "./protection.js";
import { stageText } from "./stage.js";

/** A change of an environment that the user confirmed. */
export interface Change<M extends ChangeMethod> {
  readonly method: M;
  readonly params: Requests[M]["params"];
  readonly environment: Selection;
  readonly title: string;
  /** Called once the change is in effect. */
  readonly applied?: () => Promise<void>;
  /** Stops waiting for it, as *Cancel* does. */
  readonly stop?: AbortSignal;
  readonly onProgress?: (progress: WorkDoneProgress) => void;
  /** Called if it failed, before that's shown. */
  readonly failed?: (failure: Failure) => void;
  /** Returns the text to show when the change is complete. */
  done(environment: EnvironmentInfo): string;
  /** Returns the text to show if the server was lost during the change. By default, it says that nothing was sent again. */
  serverLost?(environment: EnvironmentInfo): Notice | undefined;
  /** Actions for the buttons of a failure. By default, Try Again sends the same change again. */
  readonly failureActions?: OwnActions;
}

export interface Failure {
  readonly error: unknown;
  /** Whether the user stopped waiting. */
  readonly isStopped: boolean;
}

interface Notice {
  readonly message: string;
  readonly actions: readonly Action[];
}

const times = timesIn(vscode.env.language);

/** Sends a change once, shows its progress, and reports its outcome. Only the user can send it again. */
export async function runChange<M extends ChangeMethod>(app: App, change: Change<M>): Promise<void> {
  const { awareness, environments, handledEnvironments } = app;
  const { environment } = change;
  await handledEnvironments.run([environment], async () => {
    const begun = awareness.begin(environment); // nothing waits for a slow disk
    if (!(await sendAndReport(app, change))) return;
    const observedAt = environments.viewOf(environment)?.environment?.observedAt;
    void begun.then(() => awareness.end(environment, observedAt));
  });
}

/** @returns whether the change is over, because the user can stop waiting before that */
async function sendAndReport<M extends ChangeMethod>(app: App, change: Change<M>): Promise<boolean> {
  app.store.dispatch({ type: "changing", environment: change.environment });
  const stop = new vscode.CancellationTokenSource();
  change.stop?.addEventListener("abort", () => stop.cancel());
  try {
    const environment = await app.runningChanges.run(() => sendWithConsent(app, change, stop));
    if (!environment) return true;
    await change.applied?.();
    const text = resultText(change.done(environment), environment);
    app.reporter.notify(environment.unprotected === undefined ? "Information" : "Warning", text, []);
    void runFollowUp(app, change.method, environment);
  } catch (error) {
    change.failed?.({ error, isStopped: stop.token.isCancellationRequested });
    const { environment, method } = change;
    const name = nameOf(environment);
    const ways = change.failureActions ?? {
      tryAgain: () => app.runningCommands.run(() => runChange(app, change)),
    };
    if (isCancelled(error)) {
      app.reporter.notify(
        "Information",
        canceledText(error, method, name),
        canceledActions(app, environment),
      );
      return false;
    }
    if (isServerLost(error)) await settle(app, change);
    else reportFailure(app, environment, error, ways);
  } finally {
    stop.dispose();
  }
  return true;
}

/** What's offered after the user stopped waiting. */
function canceledActions({ store }: App, environment: Selection): readonly Action[] {
  return isSelected(store.view, environment) && isAvailable("disconnectWhenConnected", store.view, Date.now())
    ? ["disconnectWhenConnected", "showLog"]
    : ["showLog"];
}

/** Shows an error, and keeps it reachable: a notification is gone after Escape. */
function reportFailure(app: App, environment: Selection, error: unknown, ways: OwnActions): void {
  const show = () => app.reporter.error(error, ways);
  const message = app.reporter.mask(explain(error).message);
  app.lastFailure.set(show);
  app.store.dispatch({ type: "changeFailed", environment, message });
  show();
}

/** Sends a change. A connect that can't be protected needs the user's consent; without it, returns undefined. */
async function sendWithConsent<M extends ChangeMethod>(
  app: App,
  change: Change<M>,
  stop: vscode.CancellationTokenSource,
): Promise<EnvironmentInfo | undefined> {
  try {
    return await send(app, change, stop);
  } catch (error) {
    if (!isConnect(change)) throw error;
    const detail = consentQuestion(error, change.params);
    if (detail === undefined) throw error;
    const connect = l10n.t("Connect Anyway");
    const chosen = await vscode.window.showWarningMessage(change.title, { modal: true, detail }, connect);
    return chosen === connect
      ? send(app, { ...change, params: withConsent(change.params) }, stop)
      : undefined;
  }
}

function isConnect(change: Change<ChangeMethod>): change is Change<"connect"> {
  return change.method === "connect";
}

async function send<M extends ChangeMethod>(
  app: App,
  { method, params, title, onProgress }: Change<M>,
  stop: vscode.CancellationTokenSource,
): Promise<EnvironmentInfo> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    token.onCancellationRequested(() => stop.cancel());
    return app.session.ask(method, params, {
      token: stop.token,
      onProgress: (stage) => {
        onProgress?.(stage);
        const message = stageText(stage, times);
        if (message) progress.report({ message });
      },
    });
  });
}

/** The server was lost during the change, so ask the gateway for the state and report it. */
async function settle(app: App, change: Change<ChangeMethod>): Promise<void> {
  const { method, environment: selection } = change;
  const { accountId, environmentId } = selection;
  try {
    await app.server.recovered();
    const environment = await app.session.ask("getEnvironment", { accountId, environmentId });
    const { message, actions } = change.serverLost?.(environment) ?? {
      message: serverLostText(method, environment),
      actions: ["showLog"],
    };
    app.reporter.notify("Warning", message, actions, {}, selection);
  } catch (error) {
    app.log.error(error instanceof Error ? error : String(error));
    const help = error instanceof UserError ? "restartServer" : "refresh";
    app.reporter.notify("Error", unconfirmedText(method, nameOf(selection), error), [help, "showLog"]);
  }
}
