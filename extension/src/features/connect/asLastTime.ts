import * as l10n from "@vscode/l10n";
import type { ConnectionInfo, EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import type { Accepted, LastConnection } from "../../state/memory.js";
import { singleLine } from "../../util/text.js";
import { unavailableReason, zonesApart } from "./nodePools.js";
import { connectionOf, type Plan } from "./plan.js";
import { isShort } from "./ranks.js";

/** How things are now. */
export interface Now {
  readonly environment: EnvironmentInfo;
  readonly nodePools: readonly NodePoolInfo[];
  /** The roles that the account lists; undefined where nobody asked, or it may not be read. */
  readonly roles?: readonly string[] | undefined;
}

/** What becomes of "connect as last time". */
export type Step =
  /** All is as it was. */
  | { readonly next: "send"; readonly plan: Plan }
  /** It can be done, and something is not as it was: in sentences. */
  | { readonly next: "ask"; readonly plan: Plan; readonly because: readonly string[] }
  /** It cannot be done: in one sentence. */
  | { readonly next: "choose"; readonly because: string }
  /** It is connected so already. */
  | { readonly next: "nothing" };

/** Decides whether an environment is connected as last time, and what is to be shown before. */
export function asLastTime(last: LastConnection, { environment, nodePools, roles }: Now): Step {
  const pool = nodePools.find(({ nodePoolId }) => nodePoolId === last.nodePoolId);
  if (environment.state === "CONNECTED" && isSame(last, environment.connection)) return { next: "nothing" };
  if (!pool) return { next: "choose", because: l10n.t("{0} no longer exists.", last.nodePoolId) };
  const refusal = unavailableReason(pool);
  if (refusal !== undefined) return { next: "choose", because: refusal };

  const accepted = last.accepted ?? {};
  const numRanks = last.numRanks ?? 1;
  const roleListed = accepted.roleListed ?? false;
  const plan: Plan = {
    environment,
    pool,
    requested: { ...connectionOf(last), numRanks },
    roleListed,
  };
  const because = [
    ...newRisks(plan, accepted),
    ...lessRoom(numRanks, pool, accepted),
    ...(last.role && roleListed && roles && !roles.includes(last.role)
      ? [l10n.t("The account no longer lists the role {0}.", singleLine(last.role))]
      : []),
  ];
  return because.length === 0 ? { next: "send", plan } : { next: "ask", plan, because };
}

/**
 * What a person is asked before any connect, in sentences: whether what runs may be interrupted, and whether data may move to
 * another zone, where that was not accepted for the same two zones before.
 */
export function newRisks({ environment, pool }: Plan, accepted: Accepted | undefined): string[] {
  const { state, connection } = environment;
  const zones = zonesApart(pool, connection);
  const known = zones?.pool === accepted?.zones?.pool && zones?.volume === accepted?.zones?.volume;
  return [
    ...(state === "CONNECTED"
      ? [
          l10n.t(
            "It's connected to {0} now. Anything running in it will be interrupted.",
            connection?.nodePoolId ?? l10n.t("a node pool"),
          ),
        ]
      : []),
    ...(zones && !known
      ? [
          l10n.t(
            "Its volume is in zone {0}, but the node pool is in zone {1}. Moving data between zones is slow.",
            singleLine(zones.volume),
            singleLine(zones.pool),
          ),
        ]
      : []),
  ];
}

function lessRoom(numRanks: number, pool: NodePoolInfo, accepted: Accepted): string[] {
  switch (isShort(numRanks, pool)) {
    case "cannot":
      return [l10n.t("This exceeds the node pool's known maximum of {0}.", pool.ceilingRanks ?? 0)];
    case "grows":
      if (accepted.grows) return [];
      return [
        l10n.t(
          "Only {0} free now. The node pool must scale up first, which takes time.",
          pool.freeRanks ?? 0,
        ),
      ];
    case false:
      return [];
  }
}

/** A role that was not asked for is the node pool's own, whatever its name. */
function isSame(last: LastConnection, present: ConnectionInfo | undefined): boolean {
  return (
    present?.nodePoolId === last.nodePoolId &&
    (present.numRanks ?? 1) === (last.numRanks ?? 1) &&
    (last.role === undefined || present.role === last.role) &&
    (present.useLocalStorage ?? false) === (last.useLocalStorage ?? false)
  );
}
