import * as l10n from "@vscode/l10n";
import type { LeaseInfo } from "../../protocol.g.js";
import { type End, isTomorrow } from "../../state/ends.js";
import { isKeptBySystem } from "../../state/leases.js";
import { durationText } from "../../util/duration.js";

/**
 * Returns an end as a part of a summary: "ends after 2 h", "ends at 18:30", or "ends tomorrow at 18:30".
 * @param now wall clock time in milliseconds
 */
export function endText(end: End, now = Date.now()): string {
  if ("durationSeconds" in end) return l10n.t("ends after {0}", durationText(end.durationSeconds));
  return isTomorrow(end, now)
    ? l10n.t("ends tomorrow at {0}", end.timeOfDay)
    : l10n.t("ends at {0}", end.timeOfDay);
}

/** Returns how strong the promise is. */
export function promiseText(): string {
  return l10n.t("Companion disconnects it then, but only if VS Code is running on this computer.");
}

/** Returns when a connection ends, and what that depends on. */
export function endsText(lease: LeaseInfo, name: string, time: string): string {
  return isKeptBySystem(lease)
    ? l10n.t("{0} ends {1}, if this computer is on and you're logged in then.", name, time)
    : l10n.t("{0} ends {1}, if VS Code is running then.", name, time);
}

/**
 * Returns the notice before an end.
 * @param losses what the user would lose from this window, one line for each kind
 */
export function endingText(name: string, time: string, minutes: number, losses: readonly string[]): string {
  const ending =
    minutes <= 1
      ? l10n.t("{0} will be disconnected in a minute ({1}).", name, time)
      : l10n.t("{0} will be disconnected in {1} minutes ({2}).", name, minutes, time);
  return [ending, ...losses.map((line) => `${line}.`)].join(" ");
}
