import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { type EndChoice, isTomorrow } from "../../state/ends.js";
import { type Choice, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { durationText } from "../../util/duration.js";
import { promiseText } from "./texts.js";
import { offeredDurations, typedTime } from "./timeLines.js";

/**
 * Lets the user choose when a connection ends. The last choice comes first.
 * @param promise how strong the promise is, unless it's chosen next
 */
export async function askEnd(
  title: string,
  last: EndChoice,
  position?: Position,
  promise = promiseText(),
): Promise<Answer<EndChoice>> {
  const lines = endLines(last);
  return pick<EndChoice>({
    title,
    placeholder: l10n.t("Choose when to disconnect, or enter a duration or a time, such as 90 min or 18:30"),
    position,
    lines,
    typed: {
      heading: promise,
      line: (text) => typedEnd(text, lines, promise),
    },
  });
}

/** Returns the choices, the last one first. */
export function endLines(last: EndChoice): Choice<EndChoice>[] {
  const ends: EndChoice[] = ["none", ...offeredDurations];
  const isLast = (end: EndChoice) => labelOf(end) === labelOf(last);
  return [last, ...ends.filter((end) => !isLast(end))].map(lineOf);
}

/** Returns the item for an entered text. Undefined if it's a part of an existing one. */
export function typedEnd(
  text: string,
  lines: readonly Choice<EndChoice>[],
  promise: string,
): Choice<EndChoice> | undefined {
  return typedTime(text, lines, (end) => ({ ...lineOf(end), detail: promise })); // it takes the place of the heading
}

function lineOf(end: EndChoice): Choice<EndChoice> {
  return {
    label: labelOf(end),
    ...(end === "none" && { detail: l10n.t("You're charged until then.") }),
    iconPath: new vscode.ThemeIcon(end === "none" ? "circle-slash" : "watch"),
    value: end,
  };
}

/**
 * Returns an end as a choice: "After 2 h", "At 18:30", or "Tomorrow at 18:30".
 * @param now wall clock time in milliseconds
 */
export function labelOf(end: EndChoice, now = Date.now()): string {
  if (end === "none") return l10n.t("Until I Disconnect");
  if ("durationSeconds" in end) return l10n.t("After {0}", durationText(end.durationSeconds));
  return isTomorrow(end, now) ? l10n.t("Tomorrow at {0}", end.timeOfDay) : l10n.t("At {0}", end.timeOfDay);
}
