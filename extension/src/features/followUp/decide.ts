import * as l10n from "@vscode/l10n";
import { type FollowUp, fingerprint, parseFollowUp } from "./followUp.js";

/** The setting for each change, and the state that the gateway must have confirmed. */
export const followUpSettings = {
  connect: { id: "companion.onConnected", state: "CONNECTED" },
  disconnect: { id: "companion.onDisconnected", state: "DISCONNECTED" },
} as const;

/** A change that this window made and that took effect. */
export interface Occasion {
  readonly change: keyof typeof followUpSettings;
  /** The environment's state, as the gateway confirmed it. */
  readonly state: string;
  /** The value of the setting. */
  readonly value: unknown;
  /** The fingerprint of the follow-up that may always run. */
  readonly approved: string | undefined;
  readonly isTrusted: boolean;
  /** Whether the environment is about to be disconnected. */
  readonly isDisconnectPlanned: boolean;
}

export type Decision =
  | { readonly step: "nothing" }
  | { readonly step: "refuse"; readonly message: string }
  | { readonly step: "ask" | "run"; readonly followUp: FollowUp };

/** Decides whether to run a follow-up. */
export function decide({ change, value, approved, ...occasion }: Occasion): Decision {
  const { id, state } = followUpSettings[change];
  const isPassing = change === "connect" && occasion.isDisconnectPlanned;
  if (value === undefined || value === null || occasion.state !== state || isPassing)
    return { step: "nothing" };
  const followUp = parseFollowUp(id, value);
  if (typeof followUp === "string") return { step: "refuse", message: followUp };
  if (!occasion.isTrusted)
    return { step: "refuse", message: l10n.t("{0} isn't run in Restricted Mode.", id) };
  return { step: fingerprint(followUp) === approved ? "run" : "ask", followUp };
}
