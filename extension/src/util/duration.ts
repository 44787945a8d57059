import * as l10n from "@vscode/l10n";

/** The units from the longest to the shortest, each with its length in seconds. */
const units: readonly (readonly [seconds: number, text: (count: number) => string])[] = [
  [86_400, (count) => l10n.t("{0} d", count)],
  [3_600, (count) => l10n.t("{0} h", count)],
  [60, (count) => l10n.t("{0} m", count)],
  [1, (count) => l10n.t("{0} s", count)],
];

/** Returns a duration in its largest unit and the next one, such as 3 h 12 m. Leaves out the second one if it's zero. */
export function durationText(seconds: number): string {
  const first = units.findIndex(([length]) => seconds >= length);
  if (first < 0) return l10n.t("{0} s", 0);
  let rest = Math.floor(seconds);
  const parts = units.slice(first, first + 2).map(([length, text], index) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return index === 0 || count > 0 ? text(count) : "";
  });
  return parts.filter(Boolean).join(" ");
}

/** Returns how long something usually takes: in steps of 5 s below 90 s, and of a minute above. */
export function usualText(seconds: number): string {
  const step = seconds < 90 ? 5 : 60;
  return durationText(Math.max(step, Math.round(seconds / step) * step));
}
