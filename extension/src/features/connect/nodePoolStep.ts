import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { UserError } from "../../errors/userError.js";
import type { EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import { nameOf, type Selection } from "../../state/view.js";
import { type Line, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { singleLine } from "../../util/text.js";
import { nodePoolGroups, nodePoolLine } from "./nodePools.js";

/** A node pool, and the environment's state when the user chose it. */
export interface Target {
  readonly environment: EnvironmentInfo;
  readonly pool: NodePoolInfo;
}

/** Lets the user choose a node pool, starting with the last one. */
export async function pickNodePool(app: App, chosen: Selection, position: Position): Promise<Answer<Target>> {
  return pick({
    title: l10n.t("Connect {0}", singleLine(nameOf(chosen))),
    placeholder: l10n.t("Choose a node pool"),
    position,
    lines: list(app, chosen),
  });
}

async function list(app: App, chosen: Selection): Promise<Line<Target>[]> {
  const { accountId, environmentId } = chosen;
  const [{ nodePools }, environment] = await Promise.all([
    app.session.ask("listNodePools", { accountId }),
    app.session.ask("getEnvironment", { accountId, environmentId }),
  ]);
  if (nodePools.length === 0) {
    throw new UserError(l10n.t("The account has no node pools."), ["tryAgain", "showLog"]);
  }
  const { connection } = environment;
  const lastId = app.memory.lastConnection(chosen)?.nodePoolId ?? connection?.nodePoolId;
  return nodePoolGroups(nodePools, connection, lastId).flatMap(({ heading, pools }): Line<Target>[] => [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...pools.map((pool) => {
      const { icon, ...line } = nodePoolLine(pool, connection);
      return { ...line, iconPath: new vscode.ThemeIcon(icon), value: { environment, pool } };
    }),
  ]);
}
