import * as l10n from "@vscode/l10n";
import { environmentStates } from "../../protocol.g.js";

/** How a state of an environment is shown. */
export interface StateAppearance {
  /** A codicon's name, with `~spin` where the gateway is at work and will be done by itself. */
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

/** The look of a state; one that this version does not know keeps the gateway's own name. */
export function stateAppearance(state: string): StateAppearance {
  return isKnown(state) ? appearances[state]() : { icon: "question", word: state };
}

/** The word for a state that was so at one moment: nothing goes on in it. */
export function stateLabel(state: string): string {
  return stateAppearance(state).word.replace(/…$/, "");
}

function isKnown(state: string): state is KnownState {
  return (environmentStates as readonly string[]).includes(state);
}
