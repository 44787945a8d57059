import * as l10n from "@vscode/l10n";
import { freshness } from "../../state/freshness.js";
import type { View } from "../../state/view.js";
import { groupOf, isOwn, type User } from "./groups.js";

export interface Badge {
  readonly value: number;
  readonly tooltip: string;
}

/**
 * Counts the user's environments that are connected as far as known. Says so if that isn't confirmed.
 * @param now wall clock time in milliseconds
 */
export function badgeOf(views: readonly View[], user: User, now: number): Badge | undefined {
  const connected = views.filter(
    ({ environment }) => environment?.state === "CONNECTED" && isOwn(groupOf(environment, user)),
  );
  const value = connected.length;
  if (value === 0) return undefined;
  const isConfirmed = connected.every((view) => freshness(view, now) === "present");
  return { value, tooltip: isConfirmed ? confirmedText(value) : lastKnownText(value) };
}

function confirmedText(value: number): string {
  return value === 1
    ? l10n.t("1 of your environments is connected")
    : l10n.t("{0} of your environments are connected", value);
}

function lastKnownText(value: number): string {
  return value === 1
    ? l10n.t("Last known: 1 of your environments is connected")
    : l10n.t("Last known: {0} of your environments are connected", value);
}
