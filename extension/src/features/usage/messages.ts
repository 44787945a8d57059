import { type Division, divisions } from "./pivot.js";
import { type Range, ranges } from "./range.js";

const buttons = ["refresh", "export", "setRates", "deleteHistory"] as const;

export type Button = (typeof buttons)[number];

/** What the page tells the extension. */
export type Message =
  | { readonly type: "ready" | Button }
  | { readonly type: "range"; readonly days: Range }
  | { readonly type: "groupBy"; readonly division: Division };

/** Reads a message from the page. Returns undefined if it's invalid. */
export function parseMessage(message: unknown): Message | undefined {
  if (typeof message !== "object" || message === null) return undefined;
  const { type, value } = message as { readonly type?: unknown; readonly value?: unknown };
  if (type === "range") {
    const days = ranges.find((range) => String(range) === value);
    return days && { type, days };
  }
  if (type === "groupBy") {
    const division = divisions.find((one) => one === value);
    return division && { type, division };
  }
  const button = (["ready", ...buttons] as const).find((one) => one === type);
  return button && { type: button };
}
