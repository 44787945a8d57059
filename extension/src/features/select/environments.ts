import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { takesConnect, takesDisconnect } from "../../state/transitions.js";
import { nameOf } from "../../state/view.js";
import { plain } from "../../util/text.js";
import { lookOf } from "../statusBar/states.js";

/** An environment as a line of a picker. */
export interface EnvironmentLine {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  /** A codicon's name. */
  readonly icon: string;
}

/** @param ago how long ago a time was, in words */
export function environmentLine(
  environment: EnvironmentInfo,
  ago: (time: string) => string,
): EnvironmentLine {
  const { environmentId, state, connection, createdBy, shared, updateTime } = environment;
  const name = plain(nameOf(environment));
  const { icon, word } = lookOf(state);
  const description = [
    name === environmentId ? undefined : environmentId,
    plain(word),
    state === "CONNECTED" ? connection?.nodePoolId : undefined,
  ];
  const detail = [
    state !== "CONNECTED" && connection ? l10n.t("last connected to {0}", connection.nodePoolId) : undefined,
    createdBy && l10n.t("created by {0}", plain(createdBy)),
    shared ? l10n.t("shared") : l10n.t("not shared"),
    updateTime && l10n.t("updated {0}", ago(updateTime)),
  ];
  return {
    label: name,
    description: description.filter(Boolean).join(" · "),
    detail: detail.filter(Boolean).join(" · "),
    icon: icon.replace("~spin", ""), // a list does not turn
  };
}

/** Why an environment cannot be connected now; undefined where it can. */
export function noConnect(environment: EnvironmentInfo): string | undefined {
  if (takesConnect(environment.state)) return undefined;
  const { word } = lookOf(environment.state);
  return l10n.t("{0} can't be connected now. State: {1}", plain(nameOf(environment)), plain(word));
}

/** Why there is nothing to disconnect; undefined where there is. */
export function noDisconnect(environment: EnvironmentInfo): string | undefined {
  if (takesDisconnect(environment.state)) return undefined;
  const { word } = lookOf(environment.state);
  return l10n.t("{0} isn't connected to a node pool. State: {1}", plain(nameOf(environment)), plain(word));
}
