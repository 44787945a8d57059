import type { LeaseParams } from "../protocol.g.js";

/** When a connection ends: after a duration, or the next time that the clock shows a time. */
export type End =
  | {
      /** From a minute to a year, in seconds. */
      readonly durationSeconds: number;
    }
  | {
      /** Local time as HH:MM. */
      readonly timeOfDay: string;
    };

/** An end, or none if the user disconnects. */
export type EndChoice = End | "none";

export function sameEnd(one: EndChoice, other: EndChoice): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The length of the units in seconds, by what people write. */
const units: Readonly<Record<string, number>> = {
  d: 86_400,
  day: 86_400,
  days: 86_400,
  h: 3_600,
  hour: 3_600,
  hours: 3_600,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
};

/** The limits of the server in seconds. */
const [shortest, longest] = [60, 31_536_000];

/** Parses what a person enters, such as "2 h", "1.5h", "1 h 30 min", or "18:30". Returns undefined for anything else. */
export function parseEnd(text: string): End | undefined {
  const trimmed = text.trim().toLowerCase();
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(trimmed) ?? [];
  if (hours !== undefined && minutes !== undefined) {
    const isTime = Number(hours) < 24 && Number(minutes) < 60;
    return isTime ? { timeOfDay: `${hours.padStart(2, "0")}:${minutes}` } : undefined;
  }
  const parts = [...trimmed.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)\s*/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== trimmed) return undefined;
  let seconds = 0;
  for (const [, count = "", unit = ""] of parts) {
    const length = units[unit];
    if (length === undefined) return undefined;
    seconds += Number(count.replace(",", ".")) * length;
  }
  const durationSeconds = Math.round(seconds);
  return durationSeconds >= shortest && durationSeconds <= longest ? { durationSeconds } : undefined;
}

/**
 * Returns the end for the server.
 * @param now wall clock time in milliseconds
 */
export function leaseOf(end: End, now: number): LeaseParams {
  return "durationSeconds" in end
    ? { durationSeconds: end.durationSeconds }
    : { until: timeOf(end, now).toISOString() };
}

/**
 * Returns an end that's counted from now as a time.
 * @param now wall clock time in milliseconds
 */
export function timeOf(end: End, now: number): Date {
  return "durationSeconds" in end
    ? new Date(now + end.durationSeconds * 1_000)
    : nextTime(end.timeOfDay, now);
}

/**
 * Whether an end is a time that the clock shows only tomorrow.
 * @param now wall clock time in milliseconds
 */
export function isTomorrow(end: End, now: number): boolean {
  return "timeOfDay" in end && nextTime(end.timeOfDay, now).getDate() !== new Date(now).getDate();
}

/** The next time that the local clock shows a time. In the night in which clocks change, a time that's left out is an hour later. */
function nextTime(timeOfDay: string, now: number): Date {
  const [hours = 0, minutes = 0] = timeOfDay.split(":").map(Number);
  const time = new Date(now);
  time.setHours(hours, minutes, 0, 0);
  if (time.getTime() <= now) time.setDate(time.getDate() + 1);
  return time;
}
