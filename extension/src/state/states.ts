import * as l10n from "@vscode/l10n";
import { environmentStates } from "../protocol.g.js";

/** How to show an environment's state. */
export interface StateAppearance {
  /** The name of a codicon, with `~spin` for transitions that end on their own. */
  readonly icon: string;
  readonly word: string;
}

type KnownState = (typeof environmentStates)[number];

const appearances: Readonly<Record<KnownState, () => StateAppearance>> = {
  STATE_UNSPECIFIED: () => ({ icon: "question", word: l10n.t("State Unknown") }),
  CREATING: () => ({ icon: "gear~spin", word: l10n.t("Creating…") }),
  DISCONNECTED: () => ({ icon: "vm-outline", word: l10n.t("Disconnected") }),
  CONNECTING: () => ({ icon: "loading~spin", word: l10n.t("Connecting…") }),
  CONNECTED: () => ({ icon: "vm-active", word: l10n.t("Connected") }),
  DISCONNECTING: () => ({ icon: "loading~spin", word: l10n.t("Disconnecting…") }),
  RECONNECTING: () => ({ icon: "loading~spin", word: l10n.t("Reconnecting…") }),
  DELETING: () => ({ icon: "trash", word: l10n.t("Deleting…") }),
};

/** Returns how to show a state. Unknown states keep the gateway's name. */
export function stateAppearance(state: string): StateAppearance {
  return isKnown(state) ? appearances[state]() : { icon: "question", word: state };
}

/** Returns the label of a past state, without an ellipsis. */
export function stateLabel(state: string): string {
  return stateAppearance(state).word.replace(/…$/, "");
}

function isKnown(state: string): state is KnownState {
  return (environmentStates as readonly string[]).includes(state);
}
