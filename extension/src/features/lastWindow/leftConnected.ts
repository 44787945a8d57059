import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { isSelected, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** What's known after a window has opened. */
export interface AfterStart {
  /** The workspace's environment as it was last known when the window opened. */
  readonly remembered: EnvironmentInfo;
  /** What's known now, which might be the same. */
  readonly view: View;
  /** Since when at least one window has been open, in milliseconds of the wall clock; 0 if that isn't known. */
  readonly openSince: number;
  /** Whether the user knows what happened since then: from another window, or because they were already told. */
  readonly isHandled: boolean;
}

/**
 * Returns what to say if VS Code was closed while an environment was connected, as far as known. Says only what was
 * known then, because it might have changed since.
 * @param ago formats how long ago a time was
 */
export function leftConnectedText(
  { remembered, view, openSince, isHandled }: AfterStart,
  ago: (time: string) => string,
): string | undefined {
  const { state, observedAt, connection } = remembered;
  const isEarlier = Date.parse(observedAt) < openSince; // otherwise, it's a reload or another window was open
  const isStill = isSelected(view, remembered) && view.environment?.state === "CONNECTED";
  if (view.sandbox || state !== "CONNECTED" || !isEarlier || !isStill || isHandled) return undefined;
  const name = singleLine(nameOf(view.selection ?? remembered));
  return connection
    ? l10n.t(
        "{0} was still connected to {1} {2}, before VS Code was closed.",
        name,
        singleLine(connection.nodePoolId),
        ago(observedAt),
      )
    : l10n.t("{0} was still connected {1}, before VS Code was closed.", name, ago(observedAt));
}
