import * as l10n from "@vscode/l10n";
import type { UsageGroup } from "../../protocol.g.js";

/** What the user pays for an hour of a GPU, or of a rank. */
export interface Rates {
  readonly currency: string;
  /** The rate of a node pool, or else of its instance type. Undefined if neither is set. */
  rateOf(nodePoolId: string | undefined, instanceType: string | undefined): number | undefined;
  /** What's wrong with the settings, in sentences. */
  readonly problems: readonly string[];
}

/** Returns what usage costs at the user's rates. Undefined without a rate. */
export function costOf(
  { nodePoolId, instanceType, rankSeconds }: Pick<UsageGroup, "nodePoolId" | "instanceType" | "rankSeconds">,
  { rateOf }: Pick<Rates, "rateOf">,
): number | undefined {
  const rate = rateOf(nodePoolId, instanceType);
  return rate === undefined ? undefined : (rate * rankSeconds) / 3_600;
}

/** Reads the values of `companion.rates` and `companion.currency`. Without a valid currency, no amount would be true. */
export function ratesOf(rates: unknown, currency: unknown): Rates {
  const entries = isObject(rates) ? Object.entries(rates) : [];
  const valid = new Map(entries.filter((entry): entry is [string, number] => isRate(entry[1])));
  const others = entries.flatMap(([name, value]) => (isRate(value) ? [] : [name]));
  const isCurrency = typeof currency === "string" && /^[A-Z]{3}$/.test(currency);
  const rate = (name: string | undefined) => (name === undefined ? undefined : valid.get(name));
  return {
    currency: isCurrency ? currency : "XXX", // ISO 4217 for none
    rateOf: (nodePoolId, instanceType) => (isCurrency ? (rate(nodePoolId) ?? rate(instanceType)) : undefined),
    problems: [
      ...(isObject(rates) ? [] : [l10n.t("{0} isn't an object, so no costs are shown.", "companion.rates")]),
      ...others.map((name) => l10n.t("companion.rates: {0} isn't a number, or is less than 0.", name)),
      ...(isCurrency
        ? []
        : [l10n.t("{0} isn't a currency code, such as USD, so no costs are shown.", "companion.currency")]),
    ],
  };
}

function isRate(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
