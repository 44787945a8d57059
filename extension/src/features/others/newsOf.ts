import * as l10n from "@vscode/l10n";
import type { Action } from "../../errors/userError.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { freshness } from "../../state/freshness.js";
import { hasFailed } from "../../state/transitions.js";
import { isGone, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** An environment that isn't changing, as the gateway described it, or that it doesn't exist. */
export type AtRest = EnvironmentInfo | "gone";

/** What's known about an environment at two times. */
export interface Observed {
  /** Undefined if nothing was confirmed before. What's only remembered doesn't count. */
  readonly before: EnvironmentInfo | undefined;
  readonly now: AtRest;
  /** Whether the environment is the user's or the workspace's. */
  readonly isOwn: boolean;
  /** Whether the user made the change in any window on this machine, or might have. */
  readonly isHandled: boolean;
}

export interface News {
  readonly text: string;
  /** Why the gateway says that a change failed. */
  readonly reason?: string | undefined;
  readonly actions: readonly Action[];
}

/**
 * Returns the confirmed state of an environment that isn't changing. Undefined for other states, which only pass or
 * aren't known to this version.
 * @param now wall clock time in milliseconds
 */
export function atRest(view: View, now: number): AtRest | undefined {
  if (isGone(view)) return "gone";
  const { environment } = view;
  const isResting = environment?.state === "CONNECTED" || environment?.state === "DISCONNECTED";
  return isResting && freshness(view, now) === "present" ? environment : undefined;
}

/** Returns what to say about a change that the user didn't make, if anything. It isn't known who made it. */
export function newsOf(observed: Observed): News | undefined {
  const { before, now } = observed;
  const news = before && whatHappened(before, now);
  return news && observed.isOwn && !observed.isHandled ? news : undefined;
}

function whatHappened(before: EnvironmentInfo, now: AtRest): News | undefined {
  const name = singleLine(nameOf(before));
  if (now === "gone") return { text: l10n.t("{0} no longer exists.", name), actions: ["selectEnvironment"] };
  if (before.state !== "CONNECTED") return undefined;
  const reason = hasFailed(now) ? singleLine(now.status?.message ?? "", 300) : undefined;
  if (now.state !== "CONNECTED")
    return { text: disconnectedText(name, before, now), reason, actions: ["connect", "connectTo"] };
  const [earlier, pool] = [before.connection?.nodePoolId, now.connection?.nodePoolId];
  if (earlier && pool && earlier !== pool)
    return {
      text: l10n.t("{0} is now connected to {1} instead of {2}.", name, pool, earlier),
      actions: ["connectTo"],
    };
  return hasFailed(now) && !hasFailed(before)
    ? {
        text: l10n.t("A change of {0} failed. It's still connected.", name),
        reason,
        actions: ["disconnect"],
      }
    : undefined;
}

/** An end that the user set explains the disconnect, if it had come when the disconnect was seen. */
function disconnectedText(name: string, { lease }: EnvironmentInfo, now: EnvironmentInfo): string {
  const hasEnded = lease !== undefined && Date.parse(lease.until) <= Date.parse(now.observedAt);
  return hasEnded
    ? l10n.t("{0} is no longer connected. It has reached the end that you set.", name)
    : l10n.t("{0} is no longer connected.", name);
}
