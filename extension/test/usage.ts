/** Usage for the tests of the page and of the export. */
import type { UsageGroup } from "../src/protocol.g.js";

const hour = 3_600;

/** An environment that was connected to eight GPUs for three hours. */
export function group(more: Partial<UsageGroup> = {}): UsageGroup {
  return {
    day: "2026-11-28",
    environmentId: "trainer",
    nodePoolId: "h100-8x",
    instanceType: "p5.48xlarge",
    numRanks: 8,
    connectedSeconds: 3 * hour,
    rankSeconds: 24 * hour,
    notWatchedSeconds: 0,
    ...more,
  };
}

/** One that was connected to a CPU host for two hours. */
export function cpuGroup(more: Partial<UsageGroup> = {}): UsageGroup {
  return group({
    environmentId: "prep",
    nodePoolId: "cpu",
    instanceType: "m7i.4xlarge",
    numRanks: 1,
    connectedSeconds: 2 * hour,
    rankSeconds: 2 * hour,
    ...more,
  });
}
