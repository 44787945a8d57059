import * as l10n from "@vscode/l10n";
import type { ConnectionParams, EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import type { Accepted, LastConnection } from "../../state/memory.js";
import { nameOf, type Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { zonesApart } from "./nodePools.js";
import { isShort, ranksText } from "./ranks.js";
import { roleName } from "./roles.js";

/** A connect that a person has in mind, and what its environment and its node pool were like when they chose. */
export interface Plan {
  readonly environment: EnvironmentInfo;
  readonly pool: NodePoolInfo;
  readonly requested: RequestedConnection;
  /** True where the role was among those that the account lists. */
  readonly roleListed: boolean;
}

/** What a connection is to be. */
export interface RequestedConnection extends ConnectionParams {
  readonly numRanks: number;
}

/** A connection in words: "h100-8x, 8 ranks". */
export function connectionText({ nodePoolId, numRanks, role, useLocalStorage }: LastConnection): string {
  const parts = [
    nodePoolId,
    ranksText(numRanks ?? 1),
    role && l10n.t("role {0}", singleLine(roleName(role))),
    useLocalStorage ? l10n.t("local storage") : undefined,
  ];
  return parts.filter(Boolean).join(", ");
}

/** What is about to be done, in words: "train-b → h100-8x, 8 ranks". */
export function planText(environment: Omit<Selection, "accountId">, connection: LastConnection): string {
  return l10n.t("{0} → {1}", singleLine(nameOf(environment)), connectionText(connection));
}

/** What goes to the server: only what was set. */
export function connectionOf({
  nodePoolId,
  numRanks,
  role,
  useLocalStorage,
}: LastConnection): ConnectionParams {
  return {
    nodePoolId,
    ...(numRanks !== undefined && { numRanks }),
    ...(role && { role }),
    ...(useLocalStorage && { useLocalStorage }),
  };
}

/** What a person accepts by this plan, and is not asked again as long as it is so. */
export function acceptedRisks({ environment, pool, requested, roleListed }: Plan): Accepted {
  const zones = zonesApart(pool, environment.connection);
  return {
    ...(isShort(requested.numRanks, pool) === "grows" && { grows: true }),
    ...(zones && { zones }),
    ...(roleListed && { roleListed }),
  };
}
