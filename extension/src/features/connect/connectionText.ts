import * as l10n from "@vscode/l10n";
import type { ConnectionParams } from "../../protocol.g.js";
import { nameOf, type Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { ranksText } from "./ranks.js";
import { roleName } from "./roles.js";

/** Returns a summary of a connection: "h100-8x, 8 ranks". */
export function connectionText({ nodePoolId, numRanks, role, useLocalStorage }: ConnectionParams): string {
  const parts = [
    nodePoolId,
    ranksText(numRanks ?? 1),
    role && l10n.t("role {0}", singleLine(roleName(role))),
    useLocalStorage ? l10n.t("local storage") : undefined,
  ];
  return parts.filter(Boolean).join(", ");
}

/** Returns a summary of a connect: "train-b → h100-8x, 8 ranks". */
export function connectText(environment: Omit<Selection, "accountId">, connection: ConnectionParams): string {
  return l10n.t("{0} → {1}", singleLine(nameOf(environment)), connectionText(connection));
}
