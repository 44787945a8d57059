import { describe, expect, it, vi } from "vitest";
import { confirmed, environment, observed } from "../../../test/views.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { figuresIn } from "./figures.js";
import { ratesOf } from "./rates.js";
import { thisConnection } from "./thisConnection.js";

const connection = { nodePoolId: "h100-8x", numRanks: 8 };
const connected = environment({ connection, stateSince: "2026-11-22T01:47:11Z" });
const settingsWith = (rates: object) => () => ({
  rates: ratesOf(rates, "USD"),
  figures: figuresIn("en", "USD"),
});
const text = (of: EnvironmentInfo, instanceType?: string, rates = {}) =>
  thisConnection(confirmed(of), observed, instanceType, settingsWith(rates));

describe("thisConnection", () => {
  it.each<[rates: object, instanceType: string | undefined, text: string]>([
    [{}, "p5.48xlarge", "3 h 12 m, 25.6 GPU-hours"],
    [{}, undefined, "3 h 12 m, 25.6 rank-hours"],
    [{ "h100-8x": 2.5 }, "p5.48xlarge", "3 h 12 m, 25.6 GPU-hours (≈ $64)"],
    [{ "p5.48xlarge": 2.5 }, "p5.48xlarge", "3 h 12 m, 25.6 GPU-hours (≈ $64)"],
    [{ "p5.48xlarge": 2.5 }, undefined, "3 h 12 m, 25.6 rank-hours"],
  ])("with the rates %j and the instance type %s: %s", (rates, instanceType, expected) =>
    expect(text(connected, instanceType, rates)).toBe(expected),
  );

  it.each<[when: string, of: EnvironmentInfo]>([
    ["it isn't connected", { ...connected, state: "DISCONNECTED" }],
    ["it's unknown since when", environment({ connection })],
    ["it's unknown with how many ranks", { ...connected, connection: { nodePoolId: "h100-8x" } }],
    ["it has just been connected", { ...connected, stateSince: "2026-11-22T04:59:30Z" }],
  ])("is unknown if %s", (_, of) => expect(text(of, "p5.48xlarge", { "h100-8x": 2.5 })).toBeUndefined());

  it("is unknown if the state isn't current, without reading the settings", () => {
    const settings = vi.fn(settingsWith({}));
    const view = confirmed(connected, { confirmed: false });
    expect(thisConnection(view, observed, undefined, settings)).toBeUndefined();
    expect(settings).not.toHaveBeenCalled();
  });
});
