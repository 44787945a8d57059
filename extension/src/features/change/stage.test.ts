import { describe, expect, it } from "vitest";
import { changeStages, type WorkDoneProgress } from "../../protocol.g.js";
import { stageText } from "./stage.js";

const times = { clock: (time: string) => time.slice(11, 19) };
const phrase = (progress: Omit<WorkDoneProgress, "kind">) =>
  stageText({ kind: "report", ...progress }, times);
const since = "2026-11-22T05:00:07Z";

describe("stageText", () => {
  it.each<[(typeof changeStages)[number], string]>([
    ["looking", "Checking the environment's state"],
    ["requested", "Requested (usually about 40 s)"],
    ["accepted", "Accepted by the gateway (usually about 40 s)"],
    ["connecting", "Accepted, connecting since 05:00:07 (usually about 40 s)"],
    ["reconnecting", "Accepted, reconnecting since 05:00:07 (usually about 40 s)"],
    ["disconnecting", "Accepted, disconnecting with a snapshot since 05:00:07 (usually about 40 s)"],
    ["connected", "Connected"],
    ["disconnected", "Disconnected"],
    ["settling", "The response was lost, checking whether the change took effect"],
    ["retrying", "The gateway is busy, trying again"],
    ["refused", "Rejected, checking the environment's state"],
    ["unconfirmed", "No response from the gateway since 05:00:07, checking again"],
  ])("returns a text for the stage %s", (stage, expected) => {
    expect(phrase({ stage, since, expectedSeconds: 41, message: "something" })).toBe(expected);
  });

  it("covers every stage of the contract", () => {
    for (const stage of changeStages.filter((stage) => stage !== "waitingForRoom"))
      expect(phrase({ stage, since, message: "unknown" })).not.toBe("unknown");
  });

  it("uses the server's message while waiting for room, because it has the free ranks", () => {
    expect(phrase({ stage: "waitingForRoom", since, message: "3 of 8 ranks are free" })).toBe(
      "3 of 8 ranks are free",
    );
  });

  it("omits the expected duration if it's unknown", () => {
    expect(phrase({ stage: "connecting", since })).toBe("Accepted, connecting since 05:00:07");
  });

  it("uses the server's message for an unknown stage, and without a time", () => {
    expect(phrase({ stage: "hibernating", since, message: "it sleeps" })).toBe("it sleeps");
    expect(phrase({ stage: "connecting", message: "the gateway says CONNECTING" })).toBe(
      "the gateway says CONNECTING",
    );
    expect(phrase({})).toBe("");
  });
});
