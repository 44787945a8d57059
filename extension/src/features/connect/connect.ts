import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { nameOf, type Selection } from "../../state/view.js";
import { runSteps, type Step } from "../../ui/steps.js";
import { plain } from "../../util/text.js";
import { runChange } from "../change/runChange.js";
import { pickEnvironment } from "../select/environmentStep.js";
import { withAccount } from "../signIn/withAccount.js";
import { type NodePoolChoice, pickNodePool } from "./nodePoolStep.js";
import { askRanks } from "./ranksStep.js";

interface Wish {
  readonly chosen?: Selection | undefined;
  readonly choice?: NodePoolChoice | undefined;
  readonly numRanks?: number | undefined;
}

/** Connects an environment to a node pool. Where the workspace has its environment the question for it is skipped. */
export async function connect(app: App): Promise<void> {
  await withAccount(app, l10n.t("Connect"), async () => {
    const chosen = app.store.view.selection;
    const wish = await runSteps<Wish>(steps(app), { chosen }, chosen ? 1 : 0);
    if (!wish?.choice || wish.numRanks === undefined) return;
    if (!(await agreesToReconnect(wish.choice))) return;
    await connectAsWished(app, wish.choice, wish.numRanks);
  });
}

function steps(app: App): Step<Wish>[] {
  return [
    async (wish, position) => {
      const answer = await pickEnvironment(app, l10n.t("Connect"), position);
      return typeof answer === "string" ? answer : { value: { ...wish, chosen: answer.value } };
    },
    async (wish, position) => {
      if (!wish.chosen) return "cancelled";
      const answer = await pickNodePool(app, wish.chosen, position);
      return typeof answer === "string" ? answer : { value: { ...wish, choice: answer.value } };
    },
    async (wish, position) => {
      if (!wish.choice) return "cancelled";
      const answer = await askRanks(app, wish.choice, position);
      return typeof answer === "string" ? answer : { value: { ...wish, numRanks: answer.value } };
    },
  ];
}

async function agreesToReconnect({ environment, pool }: NodePoolChoice): Promise<boolean> {
  if (environment.state !== "CONNECTED") return true;
  const reconnect = l10n.t("Reconnect");
  const message = l10n.t(
    "{0} is connected to {1}. Connect it anew, to {2}?",
    plain(nameOf(environment)),
    environment.connection?.nodePoolId ?? l10n.t("a node pool"),
    pool.nodePoolId,
  );
  const detail = l10n.t("What runs in it now is interrupted.");
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, reconnect)) === reconnect;
}

async function connectAsWished(
  app: App,
  { environment, pool }: NodePoolChoice,
  numRanks: number,
): Promise<void> {
  const { accountId, environmentId } = environment;
  const { nodePoolId } = pool;
  await app.memory.setLastConnection(environment, { nodePoolId, numRanks });
  if (!isSelected(app, environment)) app.session.select(environment);
  const name = plain(nameOf(environment));
  await runChange(app, {
    method: "connect",
    params: { accountId, environmentId, connection: { nodePoolId, numRanks } },
    environment,
    title: l10n.t("Connecting {0} to {1}", name, nodePoolId),
    done: ({ connection }) => l10n.t("{0} is connected to {1}.", name, connection?.nodePoolId ?? nodePoolId),
  });
}

function isSelected({ store }: App, { accountId, environmentId }: EnvironmentInfo): boolean {
  const { selection } = store.view;
  return selection?.accountId === accountId && selection.environmentId === environmentId;
}
