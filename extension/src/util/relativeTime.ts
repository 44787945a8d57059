const units = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/**
 * Says how long ago a time was, in words: "3 hours ago". A time that is not past, as where two clocks differ, is "now"; what is
 * no time stays as it is.
 * @param language a BCP 47 tag
 * @param now milliseconds of the wall clock
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
