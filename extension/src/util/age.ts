const units = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/**
 * How long ago a time was, in words: "3 hours ago". A time that is not past, as where two clocks differ, is "now".
 * @param time RFC 3339
 * @param now milliseconds since 1970
 * @param language a BCP 47 tag
 */
export function agoText(time: string, now: number, language: string): string {
  const then = Date.parse(time);
  if (Number.isNaN(then)) return time;
  const seconds = Math.max(0, (now - then) / 1_000);
  const [unit, size] = units.find(([, length]) => seconds >= length) ?? (["second", 1] as const);
  const count = unit === "second" ? 0 : Math.floor(seconds / size);
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-count, unit);
}
