import * as l10n from "@vscode/l10n";
import type { ConnectionParams, EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import type { Accepted, LastConnection } from "../../state/memory.js";
import { nameOf, type Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { zonesApart } from "./nodePools.js";
import { isShort, ranksText } from "./ranks.js";
import { roleName } from "./roles.js";

/** A connect that the user is planning, and the state of its environment and node pool at that time. */
export interface Plan {
  readonly environment: EnvironmentInfo;
  readonly pool: NodePoolInfo;
  readonly requested: RequestedConnection;
  /** Whether the account lists the role. */
  readonly roleListed: boolean;
}

/** The connection to request. */
export interface RequestedConnection extends ConnectionParams {
  readonly numRanks: number;
}

/** Returns a summary of a connection: "h100-8x, 8 ranks". */
export function connectionText({ nodePoolId, numRanks, role, useLocalStorage }: LastConnection): string {
  const parts = [
    nodePoolId,
    ranksText(numRanks ?? 1),
    role && l10n.t("role {0}", singleLine(roleName(role))),
    useLocalStorage ? l10n.t("local storage") : undefined,
  ];
  return parts.filter(Boolean).join(", ");
}

/** Returns a summary of a connect: "train-b → h100-8x, 8 ranks". */
export function planText(environment: Omit<Selection, "accountId">, connection: LastConnection): string {
  return l10n.t("{0} → {1}", singleLine(nameOf(environment)), connectionText(connection));
}

/** Returns only the parameters that were set. */
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

/** Returns the risks that the user accepts with this plan. They aren't shown again while they stay the same. */
export function acceptedRisks({ environment, pool, requested, roleListed }: Plan): Accepted {
  const zones = zonesApart(pool, environment.connection);
  return {
    ...(isShort(requested.numRanks, pool) === "grows" && { grows: true }),
    ...(zones && { zones }),
    ...(roleListed && { roleListed }),
  };
}
