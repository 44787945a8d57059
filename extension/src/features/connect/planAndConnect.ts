import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { ConnectionParams, ConnectPlan } from "../../protocol.g.js";
import { type EndChoice, leaseOf } from "../../state/ends.js";
import { isSelected, nameOf, type Selection } from "../../state/view.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { singleLine } from "../../util/text.js";
import { connectedText } from "../change/outcome.js";
import { runChange } from "../change/runChange.js";
import { connectText } from "./connectionText.js";

/** The maximum length of a text from the server in a dialog. */
const longest = 500;

/**
 * Lets the server check a connect, asks the user about its risks, and sends it.
 * @returns choose if the user wants to choose another connection
 */
export async function planAndConnect(
  app: App,
  environment: Selection,
  { nodePoolId, numRanks, role, useLocalStorage }: ConnectionParams,
  end: EndChoice,
): Promise<"choose" | undefined> {
  const connection: ConnectionParams = {
    nodePoolId,
    ...(numRanks !== undefined && { numRanks }),
    ...(role && { role }),
    ...(useLocalStorage && { useLocalStorage }),
  };
  return onceAtATime(app, environment, async () => {
    const plan = await askForPlan(app, environment, connection);
    switch (plan.nextStep) {
      case "connect":
        await send(app, plan, connection, end);
        return undefined;
      case "confirm": {
        const answer = await confirm(plan, connection, end);
        if (answer === "connect") await send(app, plan, connection, end);
        return answer === "choose" ? answer : undefined;
      }
      case "choose":
        return offerToChooseAgain(plan, connection);
      case "nothing":
        app.reporter.notify(
          "Information",
          l10n.t("Already connected: {0}.", connectText(plan.environment, connection)),
          end === "none" ? ["connectTo"] : ["setEnd", "connectTo"],
        );
        return undefined;
    }
  });
}

async function askForPlan(
  app: App,
  environment: Selection,
  connection: ConnectionParams,
): Promise<ConnectPlan> {
  const { accountId, environmentId } = environment;
  const { acceptedRisks } = app.memory.lastConnection(environment) ?? {};
  const params = { accountId, environmentId, connection, ...(acceptedRisks && { acceptedRisks }) };
  const title = l10n.t("Checking {0}", connectText(environment, connection));
  return progressAfterDelay(title, (token) => app.session.ask("planConnect", params, { token }), true);
}

/** Shows the risks of a connect. Enter doesn't accept them. */
async function confirm(
  { environment, risks }: ConnectPlan,
  connection: ConnectionParams,
  end: EndChoice,
): Promise<"connect" | "choose" | undefined> {
  const connect = environment.state === "CONNECTED" ? l10n.t("Reconnect") : l10n.t("Connect");
  const other = l10n.t("Choose Again…");
  const detail = risks.map(({ message }) => singleLine(message, longest)).join("\n\n");
  const message = connectText(environment, connection, end);
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, other, connect);
  return chosen === connect ? "connect" : chosen === other ? "choose" : undefined;
}

async function offerToChooseAgain(
  { environment, reason = "" }: ConnectPlan,
  { nodePoolId }: ConnectionParams,
): Promise<"choose" | undefined> {
  const choose = l10n.t("Choose Again…");
  const message = l10n.t("{0} can't be connected to {1}.", singleLine(nameOf(environment)), nodePoolId);
  const options = { modal: true, detail: singleLine(reason, longest) };
  const chosen = await vscode.window.showWarningMessage(message, options, choose);
  return chosen === choose ? "choose" : undefined;
}

/** Sends the connect once, and remembers it for the next time if it took effect. */
async function send(
  app: App,
  plan: ConnectPlan,
  connection: ConnectionParams,
  end: EndChoice,
): Promise<void> {
  const { environment, acceptedRisks } = plan;
  const { accountId, environmentId } = environment;
  const lease = end === "none" ? undefined : leaseOf(end, Date.now());
  if (!isSelected(app.store.view, environment)) app.session.select(environment);
  await runChange(app, {
    method: "connect",
    params: { accountId, environmentId, connection, ...(lease && { lease }) },
    environment,
    title: connectText(environment, connection, end),
    applied: () => app.memory.setLastConnection(environment, { ...connection, acceptedRisks, end }),
    done: (connected) => connectedText(nameOf(environment), connection.nodePoolId, connected),
    failureActions: {
      tryAgain: () =>
        app.runningCommands.run(() => onceAtATime(app, environment, () => send(app, plan, connection, end))),
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
