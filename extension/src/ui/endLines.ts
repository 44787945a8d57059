import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { EnvironmentInfo } from "../protocol.g.js";
import { nameOf } from "../state/view.js";
import { singleLine } from "../util/text.js";
import { timesIn } from "../util/times.js";

/** Returns a line with the end of each connection. */
export function endLines(environments: readonly EnvironmentInfo[]): string[] {
  const times = timesIn(vscode.env.language);
  return environments.map((environment) =>
    l10n.t("{0}: {1}", singleLine(nameOf(environment)), times.short(environment.lease?.until ?? "")),
  );
}
