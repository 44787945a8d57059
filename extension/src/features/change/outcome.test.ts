import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import { UserError } from "../../errors/userError.js";
import type { ConnectionDifference } from "../../protocol.g.js";
import { afterCancel, afterConnect, afterLoss, afterLossUnsettled } from "./outcome.js";

describe("what is said of a connect that took effect", () => {
  const connected = environment({ state: "CONNECTED", connection: { nodePoolId: "h100", numRanks: 8 } });

  it("names the node pool", () => {
    expect(afterConnect("trainer", "h100", connected)).toBe("trainer is connected to h100.");
  });

  it("names the requested node pool where the gateway names none", () => {
    const { connection: _, ...unnamed } = connected;
    expect(afterConnect("trainer", "h100", unnamed)).toBe("trainer is connected to h100.");
  });

  it.each<[ConnectionDifference, string]>([
    [{ member: "numRanks", requested: "4", actual: "8" }, "It has 8 ranks; 4 requested."],
    [{ member: "numRanks", actual: "8" }, "It has 8 ranks; 1 requested."],
    [{ member: "role", requested: "arn:a", actual: "arn:b" }, "It has the role arn:b; arn:a was requested."],
    [
      { member: "useLocalStorage", requested: "false", actual: "true" },
      "It has local storage, which was not requested.",
    ],
  ])("names the difference %j", (difference, text) => {
    expect(afterConnect("trainer", "h100", { ...connected, differences: [difference] })).toBe(
      `trainer is connected to h100. ${text}`,
    );
  });
});

describe("what is said of a change that was not seen to its end", () => {
  it.each<["connect" | "disconnect", object, RegExp]>([
    ["connect", { outcome: "notApplied" }, /^Stopped\. Nothing was sent: trainer is as it was\.$/],
    [
      "connect",
      { outcome: "unknown", environment: environment({ state: "CONNECTING" }) },
      /goes on connecting trainer/,
    ],
    [
      "connect",
      { outcome: "unknown", environment: environment({ state: "RECONNECTING" }) },
      /goes on connecting trainer/,
    ],
    [
      "connect",
      { outcome: "unknown", environment: environment({ state: "DISCONNECTED" }) },
      /may still connect trainer/,
    ],
    ["connect", { outcome: "unknown" }, /may still connect trainer/],
    [
      "disconnect",
      { outcome: "unknown", environment: environment({ state: "DISCONNECTING" }) },
      /goes on disconnecting/,
    ],
    ["disconnect", { outcome: "unknown", environment: environment() }, /may still disconnect trainer/],
    ["disconnect", {}, /may still disconnect trainer/],
  ])("is what the gateway still does, where a person stopped waiting: %s %j", (method, data, message) => {
    expect(afterCancel({ code: -32800, message: "Stopped waiting.", data }, method, "trainer")).toMatch(
      message,
    );
  });

  it("is what the gateway says now, after the server was lost", () => {
    expect(afterLoss("connect", environment({ state: "CONNECTING" }))).toBe(
      "Companion's server stopped while trainer was being connected. It runs again, and the gateway now says: Connecting. Nothing was sent again.",
    );
    expect(afterLoss("disconnect", environment({ displayName: "Night run", state: "DISCONNECTED" }))).toBe(
      "Companion's server stopped while Night run was being disconnected. It runs again, and the gateway now says: Disconnected. Nothing was sent again.",
    );
  });

  it("is that nobody knows, where the gateway cannot be asked", () => {
    expect(afterLossUnsettled("connect", "trainer", new UserError("It does not run.", []))).toMatch(
      /^Companion's server stopped while trainer was being connected, and the gateway cannot be asked .*: It does not run\.$/,
    );
    expect(afterLossUnsettled("disconnect", "trainer", { code: 14, message: "No route." })).toMatch(
      /: No route\.$/,
    );
  });
});
