import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { nameOf } from "../../state/view.js";
import { ask } from "../../ui/ask.js";
import type { Answer, Position } from "../../ui/steps.js";
import { plain } from "../../util/text.js";
import type { NodePoolChoice } from "./nodePoolStep.js";
import { parseRanks, rankMeaning, rankObjection } from "./ranks.js";

/** Lets a person type the number of ranks; the one of the last time is proposed. */
export async function askRanks(
  app: App,
  choice: NodePoolChoice,
  position: Position,
): Promise<Answer<number>> {
  const { environment, pool } = choice;
  const last = app.memory.lastConnection(environment)?.numRanks ?? environment.connection?.numRanks ?? 1;
  const answer = await ask({
    title: l10n.t("Connect {0} to {1}", plain(nameOf(environment)), pool.nodePoolId),
    prompt: l10n.t("Number of ranks. {0}", rankMeaning(pool)),
    value: String(last),
    position,
    validate: (text) => rankObjection(text, pool),
  });
  if (typeof answer === "string") return answer;
  return { value: parseRanks(answer.value) ?? last };
}
