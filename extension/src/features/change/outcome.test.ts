import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import { UserError } from "../../errors/userError.js";
import type { ConnectionDifference } from "../../protocol.g.js";
import { canceledText, connectedText, serverLostText, unconfirmedText } from "./outcome.js";

describe("the text after a connect", () => {
  const connected = environment({ state: "CONNECTED", connection: { nodePoolId: "h100", numRanks: 8 } });

  it("names the node pool", () => {
    expect(connectedText("trainer", "h100", connected)).toBe("trainer is connected to h100.");
  });

  it("names the requested node pool if the gateway names none", () => {
    const { connection: _, ...unnamed } = connected;
    expect(connectedText("trainer", "h100", unnamed)).toBe("trainer is connected to h100.");
  });

  it.each<[ConnectionDifference, string]>([
    [{ member: "numRanks", requested: "4", actual: "8" }, "It has 8 ranks, but you requested 4."],
    [{ member: "numRanks", actual: "8" }, "It has 8 ranks, but you requested 1."],
    [{ member: "role", requested: "arn:a", actual: "arn:b" }, "Its role is arn:b, but you requested arn:a."],
    [
      { member: "useLocalStorage", requested: "false", actual: "true" },
      "It uses local storage, which you didn't request.",
    ],
  ])("names the difference %j", (difference, text) => {
    expect(connectedText("trainer", "h100", { ...connected, differences: [difference] })).toBe(
      `trainer is connected to h100. ${text}`,
    );
  });
});

describe("the text after an interrupted change", () => {
  it.each<["connect" | "disconnect", object, RegExp]>([
    [
      "connect",
      { outcome: "notApplied" },
      /^Canceled before the gateway accepted anything\. trainer wasn't changed\.$/,
    ],
    [
      "connect",
      { outcome: "unknown", environment: environment({ state: "CONNECTING" }) },
      /trainer is still being connected/,
    ],
    [
      "connect",
      { outcome: "unknown", environment: environment({ state: "RECONNECTING" }) },
      /trainer is still being connected/,
    ],
    [
      "connect",
      { outcome: "unknown", environment: environment({ state: "DISCONNECTED" }) },
      /trainer might still be connected/,
    ],
    ["connect", { outcome: "unknown" }, /trainer might still be connected/],
    [
      "disconnect",
      { outcome: "unknown", environment: environment({ state: "DISCONNECTING" }) },
      /is still being disconnected/,
    ],
    ["disconnect", { outcome: "unknown", environment: environment() }, /trainer might still be disconnected/],
    ["disconnect", {}, /trainer might still be disconnected/],
  ])("says what the gateway is still doing if the user stopped waiting: %s %j", (method, data, message) => {
    expect(canceledText({ code: -32800, message: "Stopped waiting.", data }, method, "trainer")).toMatch(
      message,
    );
  });

  it("has the current state after the server was lost", () => {
    expect(serverLostText("connect", environment({ state: "CONNECTING" }))).toBe(
      "Companion's server stopped while trainer was being connected, and has restarted. Current state: Connecting. The request wasn't sent again.",
    );
    expect(
      serverLostText("disconnect", environment({ displayName: "Night run", state: "DISCONNECTED" })),
    ).toBe(
      "Companion's server stopped while Night run was being disconnected, and has restarted. Current state: Disconnected. The request wasn't sent again.",
    );
  });

  it("says that the outcome couldn't be confirmed if the gateway can't be reached", () => {
    expect(unconfirmedText("connect", "trainer", new UserError("It does not run.", []))).toMatch(
      /^Companion's server stopped while trainer was being connected\. Couldn't confirm whether it connected: It does not run\.$/,
    );
    expect(unconfirmedText("disconnect", "trainer", { code: 14, message: "No route." })).toMatch(
      /: No route\.$/,
    );
  });
});
