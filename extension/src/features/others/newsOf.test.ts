import { describe, expect, it } from "vitest";
import { confirmed, environment, observed } from "../../../test/views.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { type AtRest, atRest, newsOf } from "./newsOf.js";

const on = (nodePoolId: string, more: Partial<EnvironmentInfo> = {}) =>
  environment({ connection: { nodePoolId }, ...more });
const h100 = on("h100");
const off = on("h100", { state: "DISCONNECTED" });
const status = { code: "UNAVAILABLE", message: "The node was lost." };

const cases: readonly (readonly [string, EnvironmentInfo | undefined, AtRest, object | undefined])[] = [
  [
    "disconnected",
    h100,
    off,
    { text: "trainer is no longer connected.", reason: undefined, actions: ["connect", "connectTo"] },
  ],
  [
    "failed",
    h100,
    { ...off, status },
    { text: "trainer is no longer connected.", reason: status.message, actions: ["connect", "connectTo"] },
  ],
  [
    "disconnected at its end",
    { ...h100, lease: { until: new Date(observed).toISOString(), keptBy: ["vscode"] } },
    off,
    {
      text: "trainer is no longer connected. It has reached the end that you set.",
      reason: undefined,
      actions: ["connect", "connectTo"],
    },
  ],
  [
    "disconnected before its end",
    { ...h100, lease: { until: new Date(observed + 1_000).toISOString(), keptBy: ["vscode"] } },
    off,
    { text: "trainer is no longer connected.", reason: undefined, actions: ["connect", "connectTo"] },
  ],
  [
    "moved",
    h100,
    on("a100"),
    { text: "trainer is now connected to a100 instead of h100.", actions: ["connectTo"] },
  ],
  [
    "still connected after a failure",
    h100,
    { ...h100, status },
    {
      text: "A change of trainer failed. It's still connected.",
      reason: status.message,
      actions: ["disconnect"],
    },
  ],
  ["deleted", off, "gone", { text: "trainer no longer exists.", actions: ["selectEnvironment"] }],
  [
    "deleted while connected",
    h100,
    "gone",
    { text: "trainer no longer exists.", actions: ["selectEnvironment"] },
  ],
  ["as before", h100, h100, undefined],
  ["as before, after an earlier failure", { ...h100, status }, { ...h100, status }, undefined],
  ["connected", off, h100, undefined],
  ["disconnected as before, after a failure", off, { ...off, status }, undefined],
  ["seen for the first time", undefined, off, undefined],
  ["gone when it's first asked for", undefined, "gone", undefined],
];

describe("what's said about an environment that is", () => {
  it.each(cases)("%s", (_, before, now, news) => {
    expect(newsOf({ before, now, isOwn: true, isHandled: false })).toEqual(news);
    expect(newsOf({ before, now, isOwn: true, isHandled: true }), "the user's change").toBeUndefined();
    expect(newsOf({ before, now, isOwn: false, isHandled: false }), "somebody else's").toBeUndefined();
  });
});

describe("an environment is at rest", () => {
  it.each(["CONNECTED", "DISCONNECTED"])("if it's confirmed as %s", (state) => {
    const view = confirmed(environment({ state }));
    expect(atRest(view, observed)).toBe(view.environment);
    expect(atRest({ ...view, confirmed: false }, observed), "remembered").toBeUndefined();
    expect(atRest(view, observed + 100_000), "old").toBeUndefined();
  });

  it.each([
    "CONNECTING",
    "DISCONNECTING",
    "RECONNECTING",
    "CREATING",
    "DELETING",
    "STATE_UNSPECIFIED",
    "HIBERNATING",
  ])("but not in the state %s", (state) =>
    expect(atRest(confirmed(environment({ state })), observed)).toBeUndefined(),
  );

  it("if the gateway says that it doesn't exist", () => {
    const problem = { code: 5, status: "NOT_FOUND", message: "There is none." };
    expect(atRest(confirmed(environment(), { environment: undefined, problem }), observed)).toBe("gone");
  });
});
