import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { ConnectionParams, ConnectPlan } from "../../protocol.g.js";
import type { EndChoice } from "../../state/ends.js";
import type { RoomWait } from "../../state/roomWaits.js";
import { isSelected, nameOf, type Selection } from "../../state/view.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { singleLine } from "../../util/text.js";
import { runChange } from "../change/runChange.js";
import { type Connect, changeOf } from "./connectChange.js";
import { connectText } from "./connectionText.js";
import { waitForRoom } from "./waitForRoom.js";

/** The maximum length of a text from the server in a dialog. */
const longest = 500;

/**
 * Lets the server check a connect, asks the user about its risks, and sends it, at once or when there's room.
 * @param resumed a wait for room that's continued without a question if nothing has changed since it began
 * @returns choose if the user wants to choose another connection
 */
export async function planAndConnect(
  app: App,
  environment: Selection,
  { nodePoolId, numRanks, role, useLocalStorage }: ConnectionParams,
  end: EndChoice,
  resumed?: RoomWait,
): Promise<"choose" | undefined> {
  const connection: ConnectionParams = {
    nodePoolId,
    ...(numRanks !== undefined && { numRanks }),
    ...(role && { role }),
    ...(useLocalStorage && { useLocalStorage }),
  };
  const next = await onceAtATime(app, environment, async () => {
    const plan = await askForPlan(app, environment, connection);
    const connect = { plan, connection, end };
    switch (plan.nextStep) {
      case "connect":
        await send(app, connect);
        return undefined;
      case "confirm": {
        const answer = isAsBefore(plan, resumed) ? "wait" : await confirm(connect);
        if (answer === "connect") await send(app, connect);
        return answer === "wait" ? connect : answer === "choose" ? answer : undefined;
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
  if (typeof next !== "object") return next;
  await waitForRoom(app, next, isAsBefore(next.plan, resumed) ? resumed?.until : undefined);
  return undefined;
}

/** Whether the node pool has no room now, with or without autoscaling. */
function lacksRoom({ risks, acceptedRisks }: ConnectPlan): boolean {
  return acceptedRisks.scaleUp !== undefined || risks.some(({ kind }) => kind === "exceedsMaximum");
}

function isAsBefore(plan: ConnectPlan, resumed: RoomWait | undefined): boolean {
  if (!resumed || !lacksRoom(plan)) return false;
  const { state, updateTime } = resumed.environment;
  return plan.environment.state === state && plan.environment.updateTime === updateTime;
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
async function confirm({
  plan,
  connection,
  end,
}: Connect): Promise<"connect" | "choose" | "wait" | undefined> {
  const { environment, risks } = plan;
  const connect = environment.state === "CONNECTED" ? l10n.t("Reconnect") : l10n.t("Connect");
  const other = l10n.t("Choose Again…");
  const wait = l10n.t("Wait for Room…");
  const detail = risks.map(({ message }) => singleLine(message, longest)).join("\n\n");
  const message = connectText(environment, connection, end);
  const buttons = lacksRoom(plan) ? [other, wait, connect] : [other, connect];
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...buttons);
  switch (chosen) {
    case connect:
      return "connect";
    case wait:
      return "wait";
    case other:
      return "choose";
    default:
      return undefined;
  }
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

/** Sends the connect once. */
async function send(app: App, connect: Connect): Promise<void> {
  const { environment } = connect.plan;
  if (!isSelected(app.store.view, environment)) app.session.select(environment);
  await runChange(app, {
    ...changeOf(app, connect),
    failureActions: {
      tryAgain: () => app.runningCommands.run(() => onceAtATime(app, environment, () => send(app, connect))),
      waitForRoom: () => app.runningCommands.run(() => waitForRoom(app, connect)),
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
