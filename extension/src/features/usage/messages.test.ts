import { describe, expect, it } from "vitest";
import { parseMessage } from "./messages.js";

describe("parseMessage", () => {
  it.each([
    [{ type: "ready" }, { type: "ready" }],
    [{ type: "refresh" }, { type: "refresh" }],
    [{ type: "export" }, { type: "export" }],
    [{ type: "setRates" }, { type: "setRates" }],
    [{ type: "deleteHistory", value: "x" }, { type: "deleteHistory" }],
    [
      { type: "range", value: "90" },
      { type: "range", days: 90 },
    ],
    [
      { type: "groupBy", value: "nodePool" },
      { type: "groupBy", division: "nodePool" },
    ],
  ])("reads %j", (message, known) => expect(parseMessage(message)).toEqual(known));

  it.each([
    [undefined],
    [null],
    ["refresh"],
    [[]],
    [{}],
    [{ type: "constructor" }],
    [{ type: ["refresh"] }],
    [{ type: "range" }],
    [{ type: "range", value: "91" }],
    [{ type: "range", value: 90 }],
    [{ type: "groupBy", value: "day" }],
    [{ type: "groupBy", value: ["nodePool"] }],
  ])("ignores %j", (message) => expect(parseMessage(message)).toBeUndefined());
});
