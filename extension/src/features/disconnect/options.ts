import * as l10n from "@vscode/l10n";
import type { DisconnectParams } from "../../protocol.g.js";
import { nameOf, type Selection } from "../../state/view.js";

export type DisconnectOptions = Pick<DisconnectParams, "force" | "resetSnapshots">;

/** Returns the consequences of disconnecting with these options. */
export function consequence({ force, resetSnapshots }: DisconnectOptions): string {
  if (force) {
    return l10n.t(
      "Disconnects even if the snapshot fails. Anything that isn't in a snapshot is lost. Use this only if you're sure that the pod no longer exists.",
    );
  }
  if (resetSnapshots) {
    return l10n.t(
      "Rebuilds the snapshots. Use this after a snapshot error or when there are too many layers. It takes longer, and anything running in the environment will be stopped.",
    );
  }
  return l10n.t("A snapshot is taken first. Anything running in the environment will be stopped.");
}

/** Whether the entered text is the environment's name or ID. */
export function matchesName(text: string, environment: Selection): boolean {
  const typed = text.trim();
  return typed === nameOf(environment).trim() || typed === environment.environmentId;
}
