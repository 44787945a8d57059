import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { stateAppearance } from "../../state/states.js";
import { canConnect, canDisconnect } from "../../state/transitions.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** An environment in the picker. */
export interface EnvironmentLine {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** The name of a codicon. */
  readonly icon: string;
}

/** @param ago formats how long ago a time was */
export function environmentLine(
  environment: EnvironmentInfo,
  ago: (time: string) => string,
): EnvironmentLine {
  const { environmentId, state, connection, createdBy, shared, updateTime } = environment;
  const name = singleLine(nameOf(environment));
  const { icon, word } = stateAppearance(state);
  const description = [
    name === environmentId ? undefined : environmentId,
    singleLine(word),
    state === "CONNECTED" ? connection?.nodePoolId : undefined,
  ];
  const detail = [
    state !== "CONNECTED" && connection ? l10n.t("last on {0}", connection.nodePoolId) : undefined,
    createdBy && l10n.t("created by {0}", singleLine(createdBy)),
    shared ? l10n.t("shared") : l10n.t("not shared"),
    updateTime && l10n.t("updated {0}", ago(updateTime)),
  ];
  return {
    label: name,
    description: description.filter(Boolean).join(" · "),
    detail: detail.filter(Boolean).join(" · "),
    icon: icon.replace("~spin", ""), // icons in lists don't spin
  };
}

/** Whether an environment was created by the person with this email address. False if that isn't known. */
export function isCreator(email: string | undefined, { createdBy }: EnvironmentInfo): boolean {
  return email !== undefined && createdBy?.toLowerCase() === email.toLowerCase();
}

/** Returns why an environment can't be connected, or undefined if it can. */
export function cannotConnectReason(environment: EnvironmentInfo): string | undefined {
  if (canConnect(environment.state)) return undefined;
  const { word } = stateAppearance(environment.state);
  return l10n.t("{0} can't be connected now. State: {1}", singleLine(nameOf(environment)), singleLine(word));
}

/** Returns why an environment can't be disconnected, or undefined if it can. */
export function cannotDisconnectReason(environment: EnvironmentInfo): string | undefined {
  if (canDisconnect(environment.state)) return undefined;
  const { word } = stateAppearance(environment.state);
  return l10n.t(
    "{0} isn't connected to a node pool. State: {1}",
    singleLine(nameOf(environment)),
    singleLine(word),
  );
}
