import * as l10n from "@vscode/l10n";
import type { DisconnectParams } from "../../protocol.g.js";
import { nameOf, type Selection } from "../../state/view.js";

export type DisconnectOptions = Pick<DisconnectParams, "force" | "resetSnapshots">;

/** What an unusual way to disconnect brings with it. */
export function consequence({ force, resetSnapshots }: DisconnectOptions): string {
  if (force) {
    return l10n.t(
      "Disconnects even if the snapshot fails: what is in no snapshot is lost. Only where the pod is certainly gone.",
    );
  }
  if (resetSnapshots) {
    return l10n.t(
      "The snapshots are built anew, for too many layers or after a snapshot error. It takes longer. What runs in the environment is ended.",
    );
  }
  return l10n.t("The gateway takes a snapshot first. What runs in the environment is ended.");
}

/** True where a text that was typed is the environment's name, or its id. */
export function isNameOf(text: string, environment: Selection): boolean {
  const typed = text.trim();
  return typed === nameOf(environment).trim() || typed === environment.environmentId;
}
