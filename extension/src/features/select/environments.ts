import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { nameOf } from "../../state/view.js";
import { plain } from "../../util/text.js";
import { lookOf } from "../statusBar/states.js";

/** An environment as a line of a picker. */
export interface EnvironmentLine {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
}

export function environmentLine(environment: EnvironmentInfo): EnvironmentLine {
  const { environmentId, state, connection, createdBy, shared } = environment;
  const name = plain(nameOf(environment));
  const description = [
    name === environmentId ? undefined : environmentId,
    lookOf(state).word,
    state === "CONNECTED" ? connection?.nodePoolId : undefined,
  ];
  const people = [createdBy && plain(createdBy), shared ? l10n.t("shared") : undefined]
    .filter(Boolean)
    .join(" · ");
  return {
    label: name,
    description: description.filter(Boolean).join(" · "),
    ...(people && { detail: people }),
  };
}
