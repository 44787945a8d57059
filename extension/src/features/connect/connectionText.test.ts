import { describe, expect, it, onTestFinished, vi } from "vitest";
import { environment } from "../../../test/views.js";
import type { ConnectionParams } from "../../protocol.g.js";
import type { End } from "../../state/ends.js";
import { connectText } from "./connectionText.js";

const role = "arn:aws:iam::123456789012:role/team/trainer";

describe("connectText", () => {
  it.each<[ConnectionParams, string]>([
    [{ nodePoolId: "h100-8x", numRanks: 8 }, "train-b → h100-8x, 8 ranks"],
    [{ nodePoolId: "h100-8x" }, "train-b → h100-8x, 1 rank"],
    [
      { nodePoolId: "cpu", numRanks: 2, role, useLocalStorage: true },
      "train-b → cpu, 2 ranks, role trainer, local storage",
    ],
  ])("of %j", (connection, text) =>
    expect(connectText(environment({ environmentId: "train-b" }), connection)).toBe(text),
  );

  it.each<[End, string]>([
    [{ durationSeconds: 7_200 }, "trainer → p, 1 rank, ends after 2 h"],
    [{ timeOfDay: "18:30" }, "trainer → p, 1 rank, ends at 18:30"],
    [{ timeOfDay: "17:59" }, "trainer → p, 1 rank, ends tomorrow at 17:59"],
    [{ timeOfDay: "18:00" }, "trainer → p, 1 rank, ends tomorrow at 18:00"],
  ])("with an end: %j", (end, text) => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 28, 18, 0) });
    onTestFinished(() => void vi.useRealTimers());
    expect(connectText(environment(), { nodePoolId: "p" }, end)).toBe(text);
  });

  it("uses the environment's name if it has one", () =>
    expect(connectText(environment({ displayName: "Night\nrun" }), { nodePoolId: "p" })).toBe(
      "Night run → p, 1 rank",
    ));
});
