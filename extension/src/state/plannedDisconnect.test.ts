import { describe, expect, it } from "vitest";
import { environment } from "../../test/views.js";
import { type PlanStep, planStep } from "./plannedDisconnect.js";

const stateSince = "2026-11-22T05:00:00Z";
const failure = { code: "RESOURCE_EXHAUSTED", message: "No room." };

describe("a planned disconnect", () => {
  it.each<[state: string, more: object, isUnwatched: boolean, step: PlanStep]>([
    ["CONNECTING", {}, false, "wait"],
    ["CONNECTING", {}, true, "wait"],
    ["RECONNECTING", { status: failure }, false, "wait"],
    ["CONNECTED", { stateSince }, false, "disconnect"],
    ["CONNECTED", { stateSince, status: { code: "OK" } }, false, "disconnect"],
    ["CONNECTED", { stateSince }, true, "ask"],
    ["CONNECTED", {}, false, "ask"],
    ["CONNECTED", { stateSince, status: failure }, false, "drop"],
    ["DISCONNECTED", { status: failure }, false, "drop"],
    ["DISCONNECTING", {}, false, "drop"],
    ["DELETING", {}, false, "drop"],
    ["DREAMING", {}, false, "drop"],
  ])("for %s %j, unwatched: %s", (state, more, isUnwatched, step) => {
    expect(planStep({ isUnwatched }, environment({ state, ...more }))).toBe(step);
  });
});
