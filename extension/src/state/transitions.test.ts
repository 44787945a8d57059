import { describe, expect, it } from "vitest";
import { environmentStates } from "../protocol.g.js";
import { canConnect, canDisconnect, hasFailed, isChanging, isConnecting } from "./transitions.js";

type State = (typeof environmentStates)[number] | "DREAMING";

const table: [State, connect: boolean, disconnect: boolean][] = [
  ["STATE_UNSPECIFIED", true, true],
  ["CREATING", false, false],
  ["DISCONNECTED", true, false],
  ["CONNECTING", false, false],
  ["CONNECTED", true, true],
  ["DISCONNECTING", false, false],
  ["RECONNECTING", false, false],
  ["DELETING", false, false],
  ["DREAMING", true, true],
];

describe("transitions", () => {
  it("cover each state", () =>
    expect(table.map(([state]) => state)).toEqual([...environmentStates, "DREAMING"]));

  it.each(table)("of %s: connect %s, disconnect %s", (state, connect, disconnect) => {
    expect(canConnect(state)).toBe(connect);
    expect(canDisconnect(state)).toBe(disconnect);
  });
});

it.each([
  [undefined, false],
  ["CONNECTED", false],
  ["CONNECTING", true],
  ["RECONNECTING", true],
  ["DISCONNECTING", false],
])("%s is connecting: %s", (state, expected) => expect(isConnecting(state)).toBe(expected));

it.each(table)("of %s are in progress only while the gateway makes a change", (state) => {
  expect(isChanging(state)).toBe(["CONNECTING", "RECONNECTING", "DISCONNECTING"].includes(state));
});

it.each([
  [undefined, false],
  [{ code: "OK" }, false],
  [{ code: "INTERNAL" }, true],
])("an environment with the status %j has failed: %s", (status, failed) => {
  expect(hasFailed({ ...(status && { status }) })).toBe(failed);
});
