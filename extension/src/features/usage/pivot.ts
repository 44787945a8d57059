import type { UsageGroup } from "../../protocol.g.js";
import { type Amount, nothing, plus, type Unit, unitOf } from "./amount.js";
import { costOf, type Rates } from "./rates.js";

/** What the bars are divided by. */
export const divisions = ["environment", "nodePool"] as const;

export type Division = (typeof divisions)[number];

export interface Sum {
  readonly connectedSeconds: number;
  readonly notWatchedSeconds: number;
  readonly amount: Amount;
  /** The part of the amount for which the user has set no rate. */
  readonly withoutRate: Amount;
  /** Undefined if nothing has a rate. */
  readonly cost: number | undefined;
}

/** An environment or a node pool. */
export interface Series {
  readonly id: string;
  readonly label: string;
  readonly sum: Sum;
}

/** An environment or a node pool on one day. */
export interface Cell {
  readonly day: string;
  readonly series: Series;
  readonly sum: Sum;
}

export interface Pivot {
  /** Those with the most ranks × hours first. */
  readonly series: readonly Series[];
  /** The latest day first, and then as the series. */
  readonly cells: readonly Cell[];
  readonly total: Sum;
  readonly units: readonly Unit[];
}

const noSum: Sum = {
  connectedSeconds: 0,
  notWatchedSeconds: 0,
  amount: nothing,
  withoutRate: nothing,
  cost: undefined,
};

/** Sums up groups by day, environment, and node pool. */
export function pivotOf(groups: readonly UsageGroup[], division: Division, rates: Rates): Pivot {
  const idOf = ({ environmentId = "", nodePoolId = "" }: UsageGroup) =>
    division === "environment" ? environmentId : nodePoolId;
  const sumOf = (some: readonly UsageGroup[]) =>
    some.map((group) => sumOfGroup(group, rates)).reduce(added, noSum);
  const series = withDistinctLabels(
    [...groupedBy(groups, idOf)]
      .map(([id, own]) => ({ id, label: labelOf(own, division) ?? id, sum: sumOf(own) }))
      .sort((one, other) => size(other.sum) - size(one.sum)),
  );
  const days = [...groupedBy(groups, ({ day = "" }) => day)].sort(([one], [other]) => (one < other ? 1 : -1));
  const cells = days.flatMap(([day, onDay]) => {
    const byId = groupedBy(onDay, idOf);
    return series.flatMap((one) => {
      const own = byId.get(one.id);
      return own ? [{ day, series: one, sum: sumOf(own) }] : [];
    });
  });
  const units = (["gpu", "rank"] as const).filter((unit) => groups.some((group) => unitOf(group) === unit));
  return { series, cells, total: sumOf(groups), units };
}

/** What the bars show: ranks × hours, whatever the ranks are. In seconds. */
export function size({ amount }: Pick<Sum, "amount">): number {
  return amount.gpu + amount.rank;
}

function sumOfGroup(group: UsageGroup, rates: Rates): Sum {
  const { connectedSeconds, notWatchedSeconds, rankSeconds } = group;
  const amount = { ...nothing, [unitOf(group)]: rankSeconds };
  const cost = costOf(group, rates);
  const withoutRate = cost === undefined ? amount : nothing;
  return { connectedSeconds, notWatchedSeconds, amount, withoutRate, cost };
}

function added(one: Sum, other: Sum): Sum {
  const hasCost = one.cost !== undefined || other.cost !== undefined;
  return {
    connectedSeconds: one.connectedSeconds + other.connectedSeconds,
    notWatchedSeconds: one.notWatchedSeconds + other.notWatchedSeconds,
    amount: plus(one.amount, other.amount),
    withoutRate: plus(one.withoutRate, other.withoutRate),
    cost: hasCost ? (one.cost ?? 0) + (other.cost ?? 0) : undefined,
  };
}

/** The latest name of an environment. */
function labelOf(own: readonly UsageGroup[], division: Division): string | undefined {
  return division === "environment" ? own.findLast(({ displayName }) => displayName)?.displayName : undefined;
}

function withDistinctLabels(series: readonly Series[]): Series[] {
  const counts = groupedBy(series, ({ label }) => label);
  return series.map((one) =>
    counts.get(one.label)?.length === 1 ? one : { ...one, label: `${one.label} (${one.id})` },
  );
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
