import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { isBusy } from "../../state/confirmedState.js";
import type { LastConnection } from "../../state/memory.js";
import { isGone, nameOf, type Selection } from "../../state/view.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { singleLine } from "../../util/text.js";
import { connectedText } from "../change/outcome.js";
import { runChange } from "../change/runChange.js";
import { withAccount } from "../signIn/withAccount.js";
import { asLastTime, type Now, newRisks } from "./asLastTime.js";
import { listRoles } from "./listRoles.js";
import { acceptedRisks, connectionOf, type Plan, planText } from "./plan.js";
import { askForPlan } from "./questions.js";

/**
 * Connects the workspace's environment the same way as last time. Asks for the details the first time, and for
 * confirmation if something has changed.
 */
export async function connect(app: App): Promise<void> {
  await withAccount(app, l10n.t("Connect"), async () => {
    const { selection } = app.store.view;
    const last = selection && !isGone(app.store.view) ? app.memory.lastConnection(selection) : undefined;
    if (!selection || !last) return choose(app, selection);
    const again = await onceAtATime(app, selection, () => connectLikeLastTime(app, selection, last));
    if (again === "choose") await choose(app, selection);
  });
}

/** Always asks how to connect. */
export async function connectTo(app: App): Promise<void> {
  await withAccount(app, l10n.t("Connect"), () => choose(app, app.store.view.selection));
}

async function choose(app: App, selection: Selection | undefined): Promise<void> {
  // If the environment is gone or can't be connected now, ask for another one.
  let chosen = isGone(app.store.view) || isBusy(app.store.view, Date.now()) ? undefined : selection;
  for (;;) {
    const plan = await askForPlan(app, chosen);
    if (!plan) return;
    const because = newRisks(plan, app.memory.lastConnection(plan.environment)?.accepted);
    const answer = because.length === 0 ? "connect" : await confirmPlan(plan, because);
    if (answer === "connect") return onceAtATime(app, plan.environment, () => send(app, plan));
    if (answer === undefined) return;
    chosen = plan.environment;
  }
}

async function connectLikeLastTime(
  app: App,
  selection: Selection,
  last: LastConnection,
): Promise<"choose" | undefined> {
  const title = l10n.t("Checking {0}", planText(selection, last));
  const now = await progressAfterDelay(title, (token) => fetchCurrent(app, selection, last, token), true);
  const step = asLastTime(last, now);
  switch (step.next) {
    case "send":
      await send(app, step.plan);
      return undefined;
    case "ask": {
      const answer = await confirmPlan(step.plan, step.because);
      if (answer === "connect") await send(app, step.plan);
      return answer === "choose" ? answer : undefined;
    }
    case "choose":
      return offerToChooseAgain(selection, step.because);
    case "nothing":
      app.reporter.notify("Information", l10n.t("Already connected: {0}.", planText(selection, last)), [
        "connectTo",
      ]);
      return undefined;
  }
}

/** Gets the current state. Requests the roles only if they matter. */
async function fetchCurrent(
  app: App,
  { accountId, environmentId }: Selection,
  { role, accepted }: LastConnection,
  token: vscode.CancellationToken,
): Promise<Now> {
  const [environment, { nodePools }, roles] = await Promise.all([
    app.session.ask("getEnvironment", { accountId, environmentId }, { token }),
    app.session.ask("listNodePools", { accountId }, { token }),
    role && accepted?.roleListed ? listRoles(app, accountId, token) : undefined,
  ]);
  return { environment, nodePools, roles: roles?.map((one) => one.role) };
}

/** Asks the user to confirm a connect, and says why. */
async function confirmPlan(
  plan: Plan,
  because: readonly string[],
): Promise<"connect" | "choose" | undefined> {
  const connect = plan.environment.state === "CONNECTED" ? l10n.t("Reconnect") : l10n.t("Connect");
  const other = l10n.t("Choose Again…");
  const options = { modal: true, detail: because.join("\n\n") };
  const message = planText(plan.environment, plan.requested);
  const chosen = await vscode.window.showWarningMessage(message, options, connect, other);
  return chosen === connect ? "connect" : chosen === other ? "choose" : undefined;
}

async function offerToChooseAgain(selection: Selection, detail: string): Promise<"choose" | undefined> {
  const choose = l10n.t("Choose Again…");
  const message = l10n.t("{0} can't be connected the same way as last time.", singleLine(nameOf(selection)));
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, choose);
  return chosen === choose ? "choose" : undefined;
}

/** Sends the connect once, and remembers it for the next time. */
async function send(app: App, plan: Plan): Promise<void> {
  const { environment, requested } = plan;
  const { accountId, environmentId } = environment;
  await app.memory.setLastConnection(environment, { ...requested, accepted: acceptedRisks(plan) });
  if (!isSelected(app, environment)) app.session.select(environment);
  await runChange(app, {
    method: "connect",
    params: { accountId, environmentId, connection: connectionOf(requested) },
    environment,
    title: planText(environment, requested),
    done: (connected) => connectedText(nameOf(environment), requested.nodePoolId, connected),
    failureActions: {
      tryAgain: () => app.runningCommands.run(() => onceAtATime(app, environment, () => send(app, plan))),
    },
  });
}

/** Prevents a second key press from connecting the same environment twice from this window. */
async function onceAtATime<T>(
  app: App,
  environment: Selection,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const { accountId, environmentId } = environment;
  const answer = await app.connectLock.run(`${accountId}/${environmentId}`, work);
  if (answer.ran) return answer.value;
  const name = singleLine(nameOf(environment));
  app.reporter.notify("Information", l10n.t("{0} is already being connected.", name), []);
  return undefined;
}

function isSelected({ store }: App, { accountId, environmentId }: EnvironmentInfo): boolean {
  const { selection } = store.view;
  return selection?.accountId === accountId && selection.environmentId === environmentId;
}
