import * as l10n from "@vscode/l10n";
import type { ConnectionInfo, EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import type { Accepted, LastConnection } from "../../state/memory.js";
import { singleLine } from "../../util/text.js";
import { unavailableReason, zonesApart } from "./nodePools.js";
import { connectionOf, type Plan } from "./plan.js";
import { isShort } from "./ranks.js";

/** The current state of what a connect depends on. */
export interface Now {
  readonly environment: EnvironmentInfo;
  readonly nodePools: readonly NodePoolInfo[];
  /** The roles that the account lists. Undefined if they weren't requested or can't be read. */
  readonly roles?: readonly string[] | undefined;
}

/** How to proceed when connecting the same way as last time. */
export type Step =
  /** Nothing has changed. */
  | { readonly next: "send"; readonly plan: Plan }
  /** It's possible, but something has changed. */
  | { readonly next: "ask"; readonly plan: Plan; readonly because: readonly string[] }
  /** It isn't possible. */
  | { readonly next: "choose"; readonly because: string }
  /** It's already connected this way. */
  | { readonly next: "nothing" };

/** Decides whether to connect an environment the same way as last time, and what to ask first. */
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
 * Returns the risks to confirm before a connect: interrupting running work, and moving data to another zone unless
 * the user already accepted that for the same two zones.
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

/** If no role was requested, the node pool's default role counts as the same. */
function isSame(last: LastConnection, present: ConnectionInfo | undefined): boolean {
  return (
    present?.nodePoolId === last.nodePoolId &&
    (present.numRanks ?? 1) === (last.numRanks ?? 1) &&
    (last.role === undefined || present.role === last.role) &&
    (present.useLocalStorage ?? false) === (last.useLocalStorage ?? false)
  );
}
