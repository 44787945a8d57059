import * as l10n from "@vscode/l10n";
import { isAvailable } from "../../commands/commands.js";
import type { EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import { freshness } from "../../state/freshness.js";
import { endOf, timeLeft } from "../../state/leases.js";
import { stateAppearance, stateLabel } from "../../state/states.js";
import { hasFailed } from "../../state/transitions.js";
import { isGone, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import type { Times } from "../../util/times.js";
import { amountText } from "../connect/ranks.js";
import type { RowContent } from "./row.js";

interface Known {
  /** Wall clock time in milliseconds. */
  readonly now: number;
  readonly times: Times;
  /** Whether it's the workspace's environment. */
  readonly isSelected: boolean;
  readonly poolOf: (nodePoolId: string) => NodePoolInfo | undefined;
}

/** Returns the row of an environment. It claims no more than the status bar would. */
export function environmentRow(view: View, known: Known): RowContent {
  const { environment, selection } = view;
  const label = selection ? singleLine(nameOf(selection)) : "";
  const { icon, text, warns, isEvident } = stateOf(view, known);
  const parts = [
    ...(environment ? connectionParts(environment, view, known) : []),
    known.isSelected ? l10n.t("this workspace") : undefined,
  ].filter(Boolean);
  return {
    label,
    description: (isEvident && parts.length > 0 ? parts : [text, ...parts]).join(" · "),
    icon,
    warns,
    contextValue: ["environment", ...rowCommands(view, known.now)].join(" "),
    ariaLabel: [label, text, ...parts].join(", "),
  };
}

/** The commands that work for the environment, for the manifest's conditions. */
function rowCommands(view: View, now: number): string[] {
  if (isGone(view)) return [];
  const { environment } = view;
  const isKnown = environment && freshness(view, now) === "present";
  return [
    ...(isAvailable("connect", view, now) ? ["connect"] : []),
    // A connected environment can be reconnected another way.
    ...(isAvailable("connect", view, now) || (isKnown && environment.state === "CONNECTED")
      ? ["connectTo"]
      : []),
    ...(isAvailable("disconnect", view, now) ? ["disconnect"] : []),
    ...(isKnown && isAvailable("setEnd", view, now) ? ["setEnd"] : []),
  ];
}

interface Shown {
  readonly icon: string;
  readonly text: string;
  /** Whether the user needs to act. */
  readonly warns?: boolean;
  /** Whether the icon and the connection say the same, so that the text would only take space. */
  readonly isEvident?: boolean;
}

function stateOf(view: View, { now, times }: Known): Shown {
  const { environment } = view;
  if (isGone(view)) return { icon: "question", text: l10n.t("Not Found") };
  const fresh = freshness(view, now);
  if (environment && fresh === "present") return present(environment, now);
  const icon = fresh === "offline" ? "circle-slash" : environment ? "history" : "question";
  if (!environment) return { icon, text: fresh === "offline" ? l10n.t("Offline") : l10n.t("State Unknown") };
  const [word, time] = [singleLine(stateLabel(environment.state)), times.short(environment.observedAt)];
  return {
    icon,
    text: fresh === "offline" ? l10n.t("Offline, {0}? ({1})", word, time) : l10n.t("{0}? ({1})", word, time),
  };
}

function present(environment: EnvironmentInfo, now: number): Shown {
  const { icon, word } = stateAppearance(environment.state);
  if (!hasFailed(environment))
    return {
      icon,
      text: singleLine(word),
      warns: timeLeft(environment, now) !== undefined,
      isEvident: environment.state === "CONNECTED" && environment.connection !== undefined,
    };
  // A connection that should have ended still costs money.
  return environment.state === "CONNECTED"
    ? { icon: "warning", text: l10n.t("Still Connected"), warns: true }
    : { icon: "warning", text: singleLine(word) };
}

function connectionParts(environment: EnvironmentInfo, view: View, known: Known): (string | undefined)[] {
  const { connection, state } = environment;
  if (!connection) return [];
  const { nodePoolId, numRanks } = connection;
  if (state === "DISCONNECTED") return [l10n.t("last on {0}", nodePoolId)];
  return [
    nodePoolId,
    numRanks === undefined ? undefined : amountText(numRanks, known.poolOf(nodePoolId)),
    ...(state === "CONNECTED" && freshness(view, known.now) === "present"
      ? [connectedSince(environment, known.times), endText(environment, known.times)]
      : []),
  ];
}

function endText(environment: EnvironmentInfo, times: Times): string | undefined {
  const end = endOf(environment);
  return end === undefined ? undefined : l10n.t("ends {0}", times.short(new Date(end).toISOString()));
}

/** The gateway doesn't say when an environment was connected, but not after its last change. */
function connectedSince({ stateSince, updateTime }: EnvironmentInfo, times: Times): string | undefined {
  if (stateSince) return l10n.t("since {0}", times.short(stateSince));
  return updateTime && l10n.t("at least since {0}", times.short(updateTime));
}
