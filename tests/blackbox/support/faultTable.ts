import type { ErrorData } from "../../../extension/src/protocol.g.js";
import type { Fault } from "./sandboxHost.js";

/** The two changes. Each fault is tested with both at once, each with its own environment. */
export const changes = {
  connect: {
    environmentId: "train-a",
    route: "ConnectEnvironment",
    params: { connection: { nodePoolId: "h100-8x", numRanks: 8 } },
    before: "DISCONNECTED",
    after: "CONNECTED",
  },
  disconnect: {
    environmentId: "eval-c",
    route: "DisconnectEnvironment",
    params: {},
    before: "CONNECTED",
    after: "DISCONNECTED",
  },
} as const;
export type Method = keyof typeof changes;

/** The caller's result and the requests that were sent. `state` is the environment's state in that result: before or after the change. */
export interface Expected {
  /** `done`, or the error's code. */
  readonly answer: "done" | number;
  readonly outcome?: ErrorData["outcome"];
  readonly state: "before" | "after" | undefined;
  readonly posts: number;
}

export interface Row {
  readonly fault: string;
  readonly script: Omit<Fault, "route" | "resourceId">;
  readonly expected: Expected;
  readonly timeoutSeconds?: number;
  /** The minimum time between two requests of the same change, in milliseconds. */
  readonly gap?: number;
}

export const done: Expected = { answer: "done", state: "after", posts: 1 };
const sentAgain: Expected = { ...done, posts: 2 };
const refused = (code: number): Expected => ({
  answer: code,
  outcome: "notApplied",
  state: "before",
  posts: 1,
});
export const answering = (status: number, body = "", headers = {}) => ({ fault: { status, body, headers } });
const afterEffect = (status: number, body = "", headers = {}) => ({
  fault: { status, body, headers, afterEffect: true },
});
export const rpc = (code: number) => JSON.stringify({ code, message: "as scripted", details: [] });
const html = "<html><head><title>502 Bad Gateway</title></head></html>";

/** The request took effect, but the response doesn't show it: one read does. */
const effectHidden: Row[] = [
  { fault: "a reset after the effect", script: { preset: "ResetAfterEffect" }, expected: done },
  { fault: "504 after success", script: { preset: "Http504AfterEffect" }, expected: done },
  { fault: "500 after the effect", script: afterEffect(500, rpc(13)), expected: done },
  { fault: "502 with HTML after the effect", script: afterEffect(502, html), expected: done },
  { fault: "503 after the effect", script: afterEffect(503, rpc(14)), expected: done },
  {
    fault: "503 with Retry-After after the effect",
    script: afterEffect(503, "", { "Retry-After": "1" }),
    expected: done,
  },
  { fault: "408 after the effect", script: afterEffect(408), expected: done },
  { fault: "409 after the effect", script: afterEffect(409, rpc(10)), expected: done },
  { fault: "an empty body on 200", script: afterEffect(200), expected: done },
  { fault: "a body that is cut", script: { fault: { cutBodyAt: 1 } }, expected: done },
  { fault: "a body of a gigabyte", script: { fault: { hugeBodyBytes: 1_000_000_000 } }, expected: done },
  {
    fault: "a gigabyte of an error",
    script: { fault: { status: 500, afterEffect: true, hugeBodyBytes: 1e9 } },
    expected: done,
  },
  { fault: "HTML on 200 after the effect", script: afterEffect(200, html), expected: done },
  { fault: "an error on 200 after the effect", script: afterEffect(200, rpc(14)), expected: done },
  { fault: "a load balancer's 404 after the effect", script: afterEffect(404, html), expected: done },
  { fault: "410 without a body after the effect", script: afterEffect(410), expected: done },
];

/** The request had no effect, but the response doesn't prove it: the state is read until nothing can arrive any longer. */
const nothingHappened: Row[] = [
  { fault: "a reset before the effect", script: { preset: "ResetBeforeEffect" }, expected: refused(14) },
  { fault: "500", script: answering(500, rpc(13)), expected: refused(13) },
  { fault: "502 with HTML", script: { preset: "Html502" }, expected: refused(14) },
  { fault: "504", script: answering(504, rpc(4)), expected: refused(4) },
  { fault: "408", script: answering(408), expected: refused(4) },
  { fault: "409", script: answering(409, rpc(10)), expected: refused(10) },
  {
    fault: "a redirect to a login page",
    script: answering(302, "", { Location: "https://login.invalid/" }),
    expected: refused(2),
  },
  { fault: "HTML on 200", script: answering(200, html), expected: refused(2) },
  { fault: "an error on 200", script: answering(200, rpc(14)), expected: refused(14) },
  { fault: "a load balancer's 404", script: answering(404, html), expected: refused(2) },
  { fault: "503", script: answering(503, rpc(14)), expected: sentAgain, gap: 15_000 },
  {
    fault: "503 with Retry-After",
    script: answering(503, "", { "Retry-After": "1" }),
    expected: sentAgain,
    gap: 15_000,
  },
];

/** A definite rejection: nothing happened. If the gateway specifies a time, the request is sent again then. */
const refusals: Row[] = [
  { fault: "412", script: answering(412), expected: refused(9) },
  { fault: "429", script: answering(429, rpc(8)), expected: refused(8) },
  {
    fault: "429 with Retry-After that is no number",
    script: answering(429, "", { "Retry-After": "soon" }),
    expected: refused(8),
  },
  {
    fault: "429 with a Retry-After of years",
    script: answering(429, "", { "Retry-After": "999999999" }),
    expected: refused(8),
  },
  {
    fault: "429 with an infinite retry-after-ms",
    script: answering(429, "", { "retry-after-ms": "1e400" }),
    expected: refused(8),
  },
  {
    fault: "429 with Retry-After in seconds",
    script: answering(429, "", { "Retry-After": "2" }),
    expected: sentAgain,
    gap: 2_000,
  },
  {
    fault: "429 with retry-after-ms",
    script: answering(429, "", { "retry-after-ms": "1200" }),
    expected: sentAgain,
    gap: 1_200,
  },
  {
    fault: "429 with a negative Retry-After",
    script: answering(429, "", { "Retry-After": "-5" }),
    expected: sentAgain,
    gap: 0,
  },
  {
    fault: "429 with Retry-After as an HTTP date",
    // Relative to the response's own Date, so that no clock needs to be right.
    script: answering(429, "", { Date: httpDate(0), "Retry-After": httpDate(2) }),
    expected: sentAgain,
    gap: 2_000,
  },
];

/** The time in which a busy machine has sent a change, in seconds. */
const enough = 8;

/** No usable response within the time limit: the last confirmed state is reported. */
const noAnswer: Row[] = [
  {
    fault: "a connection that is accepted and never answered",
    script: { fault: { delayMs: 3_600_000 } },
    expected: { answer: 4, outcome: "unknown", state: "before", posts: 1 },
    timeoutSeconds: enough,
  },
  {
    fault: "{} with nothing behind it",
    script: answering(200, "{}"),
    expected: { answer: 4, outcome: "unknown", state: "before", posts: 1 },
    timeoutSeconds: enough,
  },
];

/** The gateway doesn't allow reads for longer than the wait: the outcome is unknown. */
const notToBeAsked: Row[] = [
  {
    fault: "503 with a Retry-After of years",
    script: answering(503, rpc(14), { "Retry-After": "999999999" }),
    expected: { answer: 14, outcome: "unknown", state: "before", posts: 1 },
  },
];

/** All rows, slowest first. */
export const faultTable = [...nothingHappened, ...noAnswer, ...notToBeAsked, ...refusals, ...effectHidden];

/** An HTTP date, some seconds after a fixed one. */
function httpDate(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 22, 8, 0, seconds)).toUTCString();
}
