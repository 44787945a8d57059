import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import type { ConnectionParams, EnvironmentInfo } from "../../protocol.g.js";
import type { EndChoice } from "../../state/ends.js";
import type { Selection } from "../../state/view.js";
import { runSteps, type Step } from "../../ui/steps.js";
import { pickEnvironment } from "../select/environmentStep.js";
import { cannotConnectReason } from "../select/environments.js";
import type { Purpose } from "../select/loadedEnvironments.js";
import { pickNodePool, type Target } from "./nodePoolStep.js";
import type { Options } from "./optionsStep.js";
import { type Asked, askRanks } from "./ranksStep.js";

/** An environment, and how to connect it. */
export interface ConnectTarget {
  readonly environment: EnvironmentInfo;
  readonly connection: ConnectionParams;
  readonly end: EndChoice;
}

interface Known {
  readonly chosen?: Selection | undefined;
  readonly target?: Target;
  readonly asked?: Asked;
}

/**
 * Asks for the environment, the node pool, and the ranks.
 * @param chosen the environment, to skip its picker; Back still leads to it
 */
export async function askForTarget(
  app: App,
  chosen: Selection | undefined,
): Promise<ConnectTarget | undefined> {
  const known = await runSteps<Known>(steps(app), { chosen }, chosen ? 1 : 0);
  if (!known?.target || !known.asked) return undefined;
  const { environment, pool } = known.target;
  const { numRanks, role, useLocalStorage, end } = known.asked;
  return {
    environment,
    connection: { nodePoolId: pool.nodePoolId, numRanks, ...(role && { role }), useLocalStorage },
    end,
  };
}

/** A connected environment can be reconnected, but usually another one is meant. */
const connecting: Purpose = {
  refusal: cannotConnectReason,
  isLikely: ({ state }) => state !== "CONNECTED",
};

function steps(app: App): Step<Known>[] {
  return [
    async (known, position) => {
      const answer = await pickEnvironment(app, l10n.t("Connect"), connecting, position);
      return typeof answer === "string" ? answer : { value: { ...known, chosen: answer.value } };
    },
    async (known, position) => {
      if (!known.chosen) return "cancelled";
      const answer = await pickNodePool(app, known.chosen, position);
      return typeof answer === "string" ? answer : { value: { ...known, target: answer.value } };
    },
    async (known, position) => {
      if (!known.target) return "cancelled";
      const answer = await askRanks(app, known.target, optionsBefore(app, known.target), position);
      return typeof answer === "string" ? answer : { value: { ...known, asked: answer.value } };
    },
  ];
}

/** Returns the options of the last connect from here, or else of the environment's last connection. */
function optionsBefore(app: App, { environment }: Target): Options {
  const last = app.memory.lastConnection(environment);
  const { role, useLocalStorage } = last ?? environment.connection ?? {};
  return { role, useLocalStorage: useLocalStorage ?? false, end: app.memory.endOf(environment) };
}
