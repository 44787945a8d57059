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
import { type RankLine, rankLine, rankLines, typedRanks } from "./ranks.js";
import { hardwareOf, rankMeaning, ranksPerNode } from "./rankUnit.js";

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
  const numbers = rankLines(pool, last);
  let options = before;
  for (;;) {
    const lines = [...numbers.map(lineOf), more(options)];
    const answer = await pick<Answered>({
      title,
      placeholder: placeholderOf(pool),
      position,
      lines,
      typed: {
        heading: headingOf(pool),
        line: (text) => {
          const typed = typedRanks(text, lines);
          if (typed === "invalid") return invalid(text);
          if (typed === undefined) return undefined;
          return lineOf(numbers.find(({ numRanks }) => numRanks === typed) ?? rankLine(typed, pool));
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

function invalid(text: string): Choice<Answered> {
  const refusal = l10n.t("Enter a whole number of 1 or more.");
  return { label: text, detail: refusal, refusal, value: 0, iconPath: new vscode.ThemeIcon("error") };
}

function more(options: Options): Choice<Answered> {
  return {
    label: l10n.t("More…"),
    description: optionsText(options),
    detail: l10n.t("End, role, and local storage"),
    iconPath: new vscode.ThemeIcon("settings"),
    value: "more",
  };
}

function placeholderOf(pool: NodePoolInfo): string {
  const perNode = ranksPerNode(pool) ?? 1;
  switch (hardwareOf(pool)) {
    case "gpu":
      return perNode > 1
        ? l10n.t("Choose or enter the number of GPUs · {0} per node", perNode)
        : l10n.t("Choose or enter the number of GPUs");
    case "cpu":
      return l10n.t("Choose or enter the number of hosts");
    default:
      return [l10n.t("Choose or enter the number of ranks"), rankMeaning(pool)].filter(Boolean).join(" · ");
  }
}

function headingOf(pool: NodePoolInfo): string {
  switch (hardwareOf(pool)) {
    case "gpu":
      return l10n.t("GPUs");
    case "cpu":
      return l10n.t("Hosts");
    default:
      return l10n.t("Ranks");
  }
}
