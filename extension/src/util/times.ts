/** Time formats. They include the date, so they stay correct without a redraw. */
export interface Times {
  /** Time with seconds, for current events. */
  clock(time: string): string;
  /** Date and time without seconds. */
  short(time: string): string;
  /** Date with year, and time with seconds. */
  long(time: string): string;
}

/** Formats times for a language, in the local time zone. Returns invalid times unchanged. */
export function timesIn(language: string): Times {
  return {
    clock: format(language, { timeStyle: "medium" }),
    short: format(language, { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" }),
    long: format(language, { dateStyle: "medium", timeStyle: "medium" }),
  };
}

function format(language: string, options: Intl.DateTimeFormatOptions): (time: string) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (time) => {
    const date = new Date(time);
    if (Number.isNaN(date.getTime())) return time;
    made ??= new Intl.DateTimeFormat(language, options);
    return made.format(date);
  };
}
