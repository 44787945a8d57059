/** How moments are written. With the day, they do not grow wrong while nobody looks. */
export interface Times {
  /** Time to the second, for what is going on now. */
  clock(time: string): string;
  /** Day and time to the minute, for a glance. */
  short(time: string): string;
  /** Day, year and time to the second. */
  long(time: string): string;
}

/** Writes moments as they are written in a language, in this machine's time zone. What is no time stays as it is. */
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
