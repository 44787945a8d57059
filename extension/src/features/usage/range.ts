/** The ranges to choose from, in days. */
export const ranges = [7, 30, 90, 365] as const;

export type Range = (typeof ranges)[number];

/** Returns the last days as the server names them, such as 2026-11-28. The last one is today. */
export function daysOf(range: Range, now: Date): string[] {
  return Array.from({ length: range }, (_, index) => nameOf(midnight(now, range - 1 - index)));
}

/** Returns when the first of the last days began. */
export function sinceOf(range: Range, now: Date): string {
  return midnight(now, range - 1).toISOString();
}

/** By the calendar, because not every day has 24 hours. */
function midnight(now: Date, daysAgo: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
}

function nameOf(day: Date): string {
  const digits = (part: number, length = 2) => String(part).padStart(length, "0");
  return [digits(day.getFullYear(), 4), digits(day.getMonth() + 1), digits(day.getDate())].join("-");
}
