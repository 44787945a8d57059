import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo, LeaseInfo } from "../../protocol.g.js";
import { isKept, isKeptBySystem } from "../../state/leases.js";
import { stateAppearance, stateLabel } from "../../state/states.js";
import { hasFailed } from "../../state/transitions.js";
import type { Times } from "../../util/times.js";

/** A line of a tooltip. */
export type Fact = readonly [name: string, value: string];

/**
 * The state, and why the last change failed.
 * @param isPresent whether the state is current
 */
export function stateFacts(environment: EnvironmentInfo, isPresent: boolean): Fact[] {
  const { state, status } = environment;
  return [
    isPresent
      ? [l10n.t("State"), stateAppearance(state).word]
      : [l10n.t("Last known state"), stateLabel(state)],
    ...(status && hasFailed(environment)
      ? [[l10n.t("Last failure"), [status.code, status.message].filter(Boolean).join(": ")] as const]
      : []),
  ];
}

/** Where the environment is or was connected, and how. */
export function connectionFacts({ connection, state }: EnvironmentInfo): Fact[] {
  if (!connection) return [];
  const { nodePoolId, numRanks, zone, role } = connection;
  const name = state === "DISCONNECTED" ? l10n.t("Last node pool") : l10n.t("Node pool");
  return [
    [name, nodePoolId],
    ...(numRanks === undefined ? [] : [[l10n.t("Ranks"), String(numRanks)] as const]),
    ...(zone ? [[l10n.t("Zone"), zone] as const] : []),
    ...(role ? [[l10n.t("Role"), role] as const] : []),
  ];
}

function endWithCondition(lease: LeaseInfo, time: string): string {
  return isKeptBySystem(lease)
    ? l10n.t("{0}, if this computer is on and you're logged in then", time)
    : l10n.t("{0}, if VS Code is running then", time);
}

/** When the connection ends, and an end that was missed. */
export function leaseFacts({ lease }: EnvironmentInfo, times: Times): Fact[] {
  if (!lease) return [];
  const { until, missed } = lease;
  return [
    ...(missed
      ? [[l10n.t("Missed end"), l10n.t("{0} passed without a disconnect", times.short(missed))] as const]
      : []),
    ...(isKept(lease) ? [[l10n.t("Ends"), endWithCondition(lease, times.short(until))] as const] : []),
  ];
}
