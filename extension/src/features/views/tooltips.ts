import * as l10n from "@vscode/l10n";
import type { NodePoolInfo } from "../../protocol.g.js";
import { freshness } from "../../state/freshness.js";
import { nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import type { Times } from "../../util/times.js";
import { connectionFacts, stateFacts } from "../statusBar/facts.js";

type Line = readonly [name: string, value: string | undefined];

/** Returns what the row of an environment has no room for. Times are absolute, so they stay correct. */
export function environmentTooltip(view: View, now: number, times: Times): string {
  const { environment, selection, problem } = view;
  if (!environment) return selection?.environmentId ?? "";
  const { createdBy, shared, observedAt } = environment;
  const isPresent = freshness(view, now) === "present";
  return linesOf([
    [singleLine(nameOf(environment)), environment.environmentId],
    ...stateFacts(environment, isPresent),
    ...connectionFacts(environment),
    [l10n.t("Created by"), createdBy],
    [l10n.t("Shared"), shared ? l10n.t("yes") : undefined],
    [l10n.t("Last changed"), environment.updateTime && times.long(environment.updateTime)],
    [l10n.t("Last confirmed"), times.long(observedAt)],
    [l10n.t("Not confirmed"), isPresent ? undefined : problem?.message],
  ]);
}

export function nodePoolTooltip(pool: NodePoolInfo): string {
  const { nodePoolId, displayName, instanceType, spot, zone, state, status, nodeCount, maxNodeCount } = pool;
  return linesOf([
    [displayName || nodePoolId, nodePoolId],
    [l10n.t("State"), [state, status?.message || status?.code].filter(Boolean).join(": ")],
    [l10n.t("Instance type"), instanceType && (spot ? l10n.t("{0}, spot", instanceType) : instanceType)],
    [l10n.t("Zone"), zone],
    [l10n.t("Nodes"), nodeCount?.toString()],
    [l10n.t("Maximum nodes"), maxNodeCount?.toString()],
  ]);
}

function linesOf(lines: readonly Line[]): string {
  return lines
    .flatMap(([name, value]) => (value ? l10n.t("{0}: {1}", name, singleLine(value, 200)) : []))
    .join("\n");
}
