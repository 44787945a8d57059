import * as l10n from "@vscode/l10n";
import type { ConnectionParams } from "../../protocol.g.js";
import type { EndChoice } from "../../state/ends.js";
import { nameOf, type Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { endText } from "../lease/texts.js";
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

/** Returns a summary of a connect: "train-b → h100-8x, 8 ranks, ends after 2 h". */
export function connectText(
  environment: Omit<Selection, "accountId">,
  connection: ConnectionParams,
  end: EndChoice = "none",
): string {
  const parts = [connectionText(connection), end !== "none" && endText(end)];
  return l10n.t("{0} → {1}", singleLine(nameOf(environment)), parts.filter(Boolean).join(", "));
}
