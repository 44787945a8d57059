import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { cannotConnectReason, cannotDisconnectReason, environmentLine } from "./environments.js";

const ago = (time: string) => `at ${time.slice(11, 16)}`;

describe("environmentLine", () => {
  it.each<[string, EnvironmentInfo, { label: string; description: string; detail: string; icon: string }]>([
    [
      "the ID if there is no name, and only what is known",
      environment({ state: "DISCONNECTED" }),
      { label: "trainer", description: "Disconnected", detail: "not shared", icon: "vm-outline" },
    ],
    [
      "everything about a connected one",
      environment({
        displayName: "Night run",
        connection: { nodePoolId: "h100" },
        createdBy: "ada@example.com",
        shared: true,
        updateTime: "2026-11-22T04:30:00Z",
      }),
      {
        label: "Night run",
        description: "trainer · Connected · h100",
        detail: "created by ada@example.com · shared · updated at 04:30",
        icon: "vm-active",
      },
    ],
    [
      "the last node pool of a disconnected one",
      environment({ state: "DISCONNECTED", connection: { nodePoolId: "h100" } }),
      {
        label: "trainer",
        description: "Disconnected",
        detail: "last on h100 · not shared",
        icon: "vm-outline",
      },
    ],
    [
      "an unknown state, and icons that don't spin",
      environment({ state: "DREAMING" }),
      { label: "trainer", description: "DREAMING", detail: "not shared", icon: "question" },
    ],
    [
      "a transition that doesn't spin",
      environment({ state: "CREATING" }),
      { label: "trainer", description: "Creating…", detail: "not shared", icon: "gear" },
    ],
  ])("shows %s", (_, described, line) => expect(environmentLine(described, ago)).toEqual(line));
});

describe("an environment that can't be chosen", () => {
  it.each<[string, string | undefined, string | undefined]>([
    ["CONNECTED", undefined, undefined],
    ["DISCONNECTED", undefined, "trainer isn't connected to a node pool. State: Disconnected"],
    [
      "DELETING",
      "trainer can't be connected now. State: Deleting…",
      "trainer isn't connected to a node pool. State: Deleting…",
    ],
    [
      "CONNECTING",
      "trainer can't be connected now. State: Connecting…",
      "trainer isn't connected to a node pool. State: Connecting…",
    ],
    ["DREAMING", undefined, undefined],
  ])("in state %s", (state, connect, disconnect) => {
    expect(cannotConnectReason(environment({ state }))).toBe(connect);
    expect(cannotDisconnectReason(environment({ state }))).toBe(disconnect);
  });
});
