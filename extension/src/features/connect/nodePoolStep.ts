import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import type { EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import { nameOf, type Selection } from "../../state/view.js";
import { pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { singleLine } from "../../util/text.js";
import { NodePoolList } from "./nodePoolList.js";

/** A node pool, and the environment's state when the user chose it. */
export interface Target {
  readonly environment: EnvironmentInfo;
  readonly pool: NodePoolInfo;
}

/** Lets the user choose a node pool, starting with the last one. */
export async function pickNodePool(app: App, chosen: Selection, position: Position): Promise<Answer<Target>> {
  const list = new NodePoolList(app, chosen);
  const answer = await pick<NodePoolInfo>({
    title: l10n.t("Connect {0}", singleLine(nameOf(chosen))),
    placeholder: l10n.t("Choose a node pool"),
    position,
    lines: (show, token) => list.load(show, token),
    isActive: (pool) => list.isFirst(pool),
    onActive: (pool) => list.look(pool),
  });
  if (typeof answer === "string") return answer;
  return { value: { environment: list.environment, pool: list.latest(answer.value) } };
}
