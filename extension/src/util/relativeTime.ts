const units = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/**
 * Formats how long ago a time was: "3 hours ago". Future times become "now", because clocks can differ. Returns
 * invalid times unchanged.
 * @param language a BCP 47 tag
 * @param now wall clock time in milliseconds
 */
export function relativeTimeIn(language: string, now: number): (time: string) => string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return (time) => {
    const then = Date.parse(time);
    if (Number.isNaN(then)) return time;
    const seconds = Math.max(0, (now - then) / 1_000);
    const [unit, size] = units.find(([, length]) => seconds >= length) ?? [undefined, 1];
    return unit ? format.format(-Math.floor(seconds / size), unit) : format.format(0, "second");
  };
}
