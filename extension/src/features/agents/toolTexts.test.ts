import { describe, expect, it } from "vitest";
import { textsOf } from "./toolTexts.js";

const now = Date.parse("2026-11-29T12:00:00Z");
const at = (time: string) => new Date(time).toLocaleString();

describe("the question before a tool changes something", () => {
  it.each<[what: string, tool: string, input: Record<string, unknown>, title: string, message: string]>([
    [
      "how many GPUs, where, and until when",
      "connect_environment",
      { environmentId: "train-a", nodePoolId: "h100-8x", numRanks: 8, durationSeconds: 7200 },
      "Connect train-a?",
      `8 GPUs of h100-8x (hosts, on a CPU node pool), until ${at("2026-11-29T14:00:00Z")}. They cost money until then.`,
    ],
    [
      "the gateway's default",
      "connect_environment",
      { environmentId: "train-a", nodePoolId: "h100-8x", until: "2026-11-29T18:30:00+01:00" },
      "Connect train-a?",
      `1 GPU of h100-8x (hosts, on a CPU node pool), until ${at("2026-11-29T17:30:00Z")}. They cost money until then.`,
    ],
    [
      "that the model gave no end",
      "connect_environment",
      { environmentId: "a\nb", nodePoolId: 7, numRanks: "many" },
      "Connect a b?",
      "many GPUs of 7 (hosts, on a CPU node pool), until an unknown time. They cost money until then.",
    ],
    [
      "what a disconnect ends",
      "disconnect_environment",
      { environmentId: "train-a" },
      "Disconnect train-a?",
      "What runs in it is ended, after a snapshot.",
    ],
    [
      "the new end",
      "set_lease",
      { environmentId: "train-a", durationSeconds: 60 },
      "Set the end of train-a?",
      `It will be disconnected at ${at("2026-11-29T12:01:00Z")}.`,
    ],
    [
      "a time that doesn't exist",
      "set_lease",
      { environmentId: "train-a", durationSeconds: 1e300 },
      "Set the end of train-a?",
      "It will be disconnected at an unknown time.",
    ],
  ])("says %s", (_, tool, input, title, message) => {
    expect(textsOf(tool, "Title", input, now).confirmationMessages).toEqual({ title, message });
  });

  it("isn't asked before a tool that only reads", () => {
    expect(textsOf("list_environments", "List environments", {}, now)).toEqual({
      invocationMessage: "List environments",
    });
  });
});
