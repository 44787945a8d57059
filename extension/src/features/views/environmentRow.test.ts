import { describe, expect, it } from "vitest";
import { cases } from "../../../test/statusBarCases.js";
import { confirmed, environment, observed } from "../../../test/views.js";
import type { EnvironmentInfo, NodePoolInfo } from "../../protocol.g.js";
import { freshFor } from "../../state/freshness.js";
import type { View } from "../../state/view.js";
import { timesIn } from "../../util/times.js";
import { statusBarContent } from "../statusBar/content.js";
import { environmentRow } from "./environmentRow.js";

const times = timesIn("en");
const noPool = () => undefined;
const row = (view: View, elapsed = 0, more = {}) =>
  environmentRow(view, { now: observed + elapsed, times, isSelected: false, poolOf: noPool, ...more });
const of = (more: Partial<EnvironmentInfo>) => confirmed(environment(more));
const connection = { nodePoolId: "h100-8x", numRanks: 8 };
const time = times.short("2026-11-22T05:00:00Z");
const earlier = "2026-11-21T05:00:00Z";

describe("the description", () => {
  it.each<[string, View, number, string]>([
    ["connected", of({ connection }), 0, "h100-8x · 8 ranks"],
    [
      "connected at a known time",
      of({ connection, stateSince: earlier, updateTime: "2026-11-20T05:00:00Z" }),
      0,
      `h100-8x · 8 ranks · since ${times.short(earlier)}`,
    ],
    [
      "connected before its last change",
      of({ connection, updateTime: earlier }),
      0,
      `h100-8x · 8 ranks · at least since ${times.short(earlier)}`,
    ],
    [
      "connected until a time",
      of({ connection, lease: { until: earlier, keptBy: ["vscode"] } }),
      0,
      `h100-8x · 8 ranks · ends ${times.short(earlier)}`,
    ],
    [
      "connected after an end that nothing keeps any longer",
      of({ connection, lease: { until: earlier, keptBy: [] } }),
      0,
      "h100-8x · 8 ranks",
    ],
    ["connected to an unknown node pool", confirmed(), 0, "Connected"],
    ["disconnected", of({ state: "DISCONNECTED", connection }), 0, "Disconnected · last on h100-8x"],
    ["never connected", of({ state: "DISCONNECTED" }), 0, "Disconnected"],
    ["changing", of({ state: "CONNECTING", connection }), 0, "Connecting… · h100-8x · 8 ranks"],
    [
      "still connected",
      of({ connection, status: { code: "INTERNAL" } }),
      0,
      "Still Connected · h100-8x · 8 ranks",
    ],
    [
      "outdated: no time that it might not have been connected for",
      of({ connection, stateSince: earlier }),
      freshFor + 1,
      `Connected? (${time}) · h100-8x · 8 ranks`,
    ],
    ["a state that this version doesn't know", of({ state: "HIBERNATING" }), 0, "HIBERNATING"],
  ])("%s", (_, view, elapsed, description) => expect(row(view, elapsed).description).toBe(description));

  it.each<[string, number, string]>([
    ["p5.48xlarge", 1, "1 GPU"],
    ["p5.48xlarge", 8, "8 GPUs"],
    ["m7i.16xlarge", 1, "1 host"],
    ["m7i.16xlarge", 2, "2 hosts"],
    ["trn1.32xlarge", 1, "1 rank"],
  ])("on %s with %i ranks", (instanceType, numRanks, text) => {
    const poolOf = (nodePoolId: string): NodePoolInfo => ({ nodePoolId, state: "READY", instanceType });
    const view = of({ connection: { nodePoolId: "pool", numRanks } });
    expect(row(view, 0, { poolOf }).description).toBe(`pool · ${text}`);
  });

  it("marks the workspace's environment", () =>
    expect(row(confirmed(), 0, { isSelected: true }).description).toBe("Connected · this workspace"));
});

describe("the status bar's cases", () => {
  const aboutEnvironment = cases.filter(
    ({ view }) =>
      view.selection && view.server !== "failed" && view.server !== "restarting" && view.account !== null,
  );

  it.each(aboutEnvironment)("get the same icon and question mark: $when", ({ view, now }) => {
    const { icon, description, warns } = row(view, now - observed);
    const { text, color } = statusBarContent(view, now, times);
    expect(text).toContain(`$(${icon})`);
    expect(description.includes("?")).toBe(text.includes("?"));
    expect(warns ?? false).toBe(color === "warning");
  });
});

describe("the context value", () => {
  it.each<[string, View, number, string]>([
    ["connected", of({}), 0, "environment connectTo disconnect setEnd"],
    ["disconnected", of({ state: "DISCONNECTED" }), 0, "environment connect connectTo"],
    ["connecting", of({ state: "CONNECTING" }), 0, "environment"],
    ["disconnecting", of({ state: "DISCONNECTING" }), 0, "environment"],
    ["deleting", of({ state: "DELETING" }), 0, "environment"],
    ["outdated", of({ state: "CONNECTING" }), freshFor + 1, "environment connect connectTo disconnect"],
    [
      "gone",
      {
        ...confirmed(),
        environment: undefined,
        problem: { code: 5, status: "NOT_FOUND", message: "There is none." },
      },
      0,
      "environment",
    ],
  ])("%s", (_, view, elapsed, contextValue) => expect(row(view, elapsed).contextValue).toBe(contextValue));
});

it("has a label for screen readers without icons or separators", () =>
  expect(row(of({ displayName: "Trainer", connection })).ariaLabel).toBe(
    "Trainer, Connected, h100-8x, 8 ranks",
  ));
