import { expect, it } from "vitest";
import { confirmed, environment, observed } from "../../../test/views.js";
import { initialView, type View } from "../../state/view.js";
import { relativeTimeIn } from "../../util/relativeTime.js";
import { type AfterStart, leftConnectedText } from "./leftConnected.js";

const hours = 3_600_000;
const now = observed + 14 * hours;
const remembered = environment({ connection: { nodePoolId: "h100-8x" } });
const asRemembered: View = { ...initialView, selection: remembered, environment: remembered };
const start: AfterStart = { remembered, view: asRemembered, openSince: now - 1_000, isHandled: false };
const said = "trainer was still connected to h100-8x 14 hours ago, before VS Code was closed.";
const off = environment({ state: "DISCONNECTED" });
const problem = { code: 5, status: "NOT_FOUND", message: "There is none." };

const cases: readonly (readonly [string, Partial<AfterStart>, string | undefined])[] = [
  ["connected, not confirmed yet", {}, said],
  ["connected, as confirmed", { view: confirmed(remembered) }, said],
  ["connected, but the gateway can't be reached", { view: { ...asRemembered, misses: 2 } }, said],
  [
    "connected to an unknown node pool",
    { remembered: environment() },
    "trainer was still connected 14 hours ago, before VS Code was closed.",
  ],
  ["no longer connected, as confirmed", { view: confirmed(off) }, undefined],
  ["gone, as confirmed", { view: { ...asRemembered, environment: undefined, problem } }, undefined],
  ["disconnected", { remembered: off, view: { ...asRemembered, environment: off } }, undefined],
  ["connected, after a reload", { openSince: observed - hours }, undefined],
  ["connected, and it isn't known whether VS Code was closed", { openSince: 0 }, undefined],
  ["known to the user from another window", { isHandled: true }, undefined],
  ["connected in the sandbox", { view: { ...asRemembered, sandbox: true } }, undefined],
  ["no longer the selected one", { view: initialView }, undefined],
];

it.each(cases)("after a start, an environment that was %s", (_, more, text) => {
  expect(leftConnectedText({ ...start, ...more }, relativeTimeIn("en", now))).toBe(text);
});
