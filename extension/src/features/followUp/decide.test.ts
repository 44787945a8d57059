import { describe, expect, it } from "vitest";
import { type Decision, decide, type Occasion } from "./decide.js";
import { type FollowUp, fingerprint } from "./followUp.js";

const ssh: FollowUp = { terminal: ["ssh", "gpu"] };
const nothing: Decision = { step: "nothing" };
const ask: Decision = { step: "ask", followUp: ssh };
const run: Decision = { step: "run", followUp: ssh };
const refuse = (message: string): Decision => ({ step: "refuse", message });

function decided(more: Partial<Occasion>): Decision {
  return decide({
    change: "connect",
    state: more.change === "disconnect" ? "DISCONNECTED" : "CONNECTED",
    value: ssh,
    approved: undefined,
    isTrusted: true,
    isDisconnectPlanned: false,
    ...more,
  });
}

describe("after a change", () => {
  it.each<[string, Partial<Occasion>, Decision]>([
    ["asks about a new value", {}, ask],
    ["asks in the same way after a disconnect", { change: "disconnect" }, ask],
    ["runs an approved value", { approved: fingerprint(ssh) }, run],
    ["asks again about another value", { approved: fingerprint({ terminal: ["ssh", "cpu"] }) }, ask],
    [
      "asks again about the same words in other arguments",
      { approved: fingerprint({ terminal: ["ssh gpu"] }) },
      ask,
    ],
    ["does nothing without a value", { value: undefined }, nothing],
    ["does nothing with null, the default", { value: null }, nothing],
    ["does nothing while connecting", { state: "CONNECTING" }, nothing],
    ["does nothing if it isn't connected", { state: "DISCONNECTED" }, nothing],
    ["does nothing if it isn't disconnected", { change: "disconnect", state: "CONNECTED" }, nothing],
    ["does nothing in a state that this version doesn't know", { state: "HIBERNATING" }, nothing],
    ["does nothing if it's about to be disconnected", { isDisconnectPlanned: true }, nothing],
    ["asks after that disconnect", { change: "disconnect", isDisconnectPlanned: true }, ask],
    [
      "runs nothing in Restricted Mode, even if it's approved",
      { isTrusted: false, approved: fingerprint(ssh) },
      refuse("companion.onConnected isn't run in Restricted Mode."),
    ],
    ["does nothing in Restricted Mode without a value", { isTrusted: false, value: null }, nothing],
  ])("%s", (_, more, decision) => expect(decided(more)).toEqual(decision));

  it.each<[change: Occasion["change"], setting: string]>([
    ["connect", "companion.onConnected"],
    ["disconnect", "companion.onDisconnected"],
  ])("names the setting of a %s", (change, setting) =>
    expect(decided({ change, value: 1 })).toMatchObject({ message: expect.stringContaining(setting) }),
  );
});
