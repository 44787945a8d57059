import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { type End, parseEnd } from "../../state/ends.js";
import type { Choice } from "../../ui/pick.js";

/** The durations that a picker of times offers. */
export const offeredDurations: readonly End[] = [1, 2, 4, 8].map((hours) => ({
  durationSeconds: hours * 3_600,
}));

/**
 * Returns the item for a text that was entered in a picker of times. Undefined if it's a part of an existing one.
 * @param lineOf returns the item for a valid time
 */
export function typedTime<T>(
  text: string,
  lines: readonly Choice<T>[],
  lineOf: (end: End) => Choice<T>,
): Choice<T> | undefined {
  const end = parseEnd(text);
  if (end) {
    const line = lineOf(end);
    return lines.find(({ label }) => label === line.label) ?? line;
  }
  const [first] = lines;
  if (!first || lines.some(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase())))
    return undefined;
  const refusal = l10n.t("Enter a duration from 1 min to 365 d, or a time such as 18:30.");
  return { ...first, label: text, detail: refusal, refusal, iconPath: new vscode.ThemeIcon("error") };
}
