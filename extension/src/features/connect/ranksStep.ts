import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { NodePoolInfo } from "../../protocol.g.js";
import { nameOf } from "../../state/view.js";
import { type Choice, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { singleLine } from "../../util/text.js";
import type { Target } from "./nodePoolStep.js";
import { askOptions, type Options, optionsText } from "./optionsStep.js";
import { parseRanks, type RankLine, rankLine, rankLines } from "./ranks.js";
import { rankMeaning } from "./rankUnit.js";

/** The answer of the last step: the number of ranks, and the options behind More…. */
export interface Asked extends Options {
  readonly numRanks: number;
}

type Answered = number | "more";

/** Lets the user choose or enter the number of ranks, starting with the last one. */
export async function askRanks(
  app: App,
  target: Target,
  before: Options,
  position: Position,
): Promise<Answer<Asked>> {
  const { environment, pool } = target;
  const last = app.memory.lastConnection(environment)?.numRanks ?? environment.connection?.numRanks;
  const title = l10n.t("Connect {0} to {1}", singleLine(nameOf(environment)), pool.nodePoolId);
  const placeholder = [l10n.t("Choose or enter the number of ranks"), rankMeaning(pool)];
  const numbers = rankLines(pool, last);
  let options = before;
  for (;;) {
    const answer = await pick<Answered>({
      title,
      placeholder: placeholder.filter(Boolean).join(" · "),
      position,
      lines: [...numbers.map(lineOf), more(options)],
      typed: {
        heading: l10n.t("Ranks"),
        line: (text) => {
          const numRanks = parseRanks(text);
          return numbers.some((one) => one.numRanks === numRanks)
            ? undefined
            : typedLine(text, numRanks, pool);
        },
      },
    });
    if (typeof answer === "string") return answer;
    if (answer.value !== "more") return { value: { ...options, numRanks: answer.value } };
    const chosen = await askOptions(app, environment, title, options, position);
    if (chosen === "cancelled") return chosen;
    if (chosen !== "back") options = chosen.value;
  }
}

function lineOf({ numRanks, warns, ...line }: RankLine): Choice<Answered> {
  return { ...line, value: numRanks, iconPath: new vscode.ThemeIcon(warns ? "warning" : "layers") };
}

function typedLine(text: string, numRanks: number | undefined, pool: NodePoolInfo): Choice<Answered> {
  if (numRanks !== undefined) return lineOf(rankLine(numRanks, pool));
  const refusal = l10n.t("Enter a whole number of 1 or more.");
  return { label: text, detail: refusal, refusal, value: 0, iconPath: new vscode.ThemeIcon("error") };
}

function more(options: Options): Choice<Answered> {
  return {
    label: l10n.t("More…"),
    description: optionsText(options),
    detail: l10n.t("Role and local storage"),
    iconPath: new vscode.ThemeIcon("settings"),
    value: "more",
  };
}
