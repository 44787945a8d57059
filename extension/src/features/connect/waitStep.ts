import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { type End, isTomorrow } from "../../state/ends.js";
import { type Choice, pick } from "../../ui/pick.js";
import { durationText } from "../../util/duration.js";
import { offeredDurations, typedTime } from "../lease/timeLines.js";

/** Lets the user choose how long to wait for room in a node pool. */
export async function askHowLong(nodePoolId: string): Promise<End | undefined> {
  const lines = offeredDurations.map(lineOf);
  const answer = await pick<End>({
    title: l10n.t("Wait for Room in {0}", nodePoolId),
    placeholder: l10n.t("Choose how long to wait, or enter a duration or a time, such as 90 min or 18:30"),
    lines,
    typed: {
      heading: l10n.t("Companion waits only while VS Code is running on this computer"),
      line: (text) => typedTime(text, lines, lineOf),
    },
  });
  return typeof answer === "string" ? undefined : answer.value;
}

function lineOf(end: End): Choice<End> {
  return { label: labelOf(end), iconPath: new vscode.ThemeIcon("watch"), value: end };
}

function labelOf(end: End): string {
  if ("durationSeconds" in end) return l10n.t("For {0}", durationText(end.durationSeconds));
  return isTomorrow(end, Date.now())
    ? l10n.t("Until tomorrow at {0}", end.timeOfDay)
    : l10n.t("Until {0}", end.timeOfDay);
}
