import type { ErrorData } from "../../../extension/src/protocol.g.js";
import type { Fault } from "./sandboxHost.js";

/** The two changes; each fault is met by both at once, each on an environment of its own. */
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

/** What the caller is told, and what went out. `state` is the environment's in that answer: before the change, or after. */
export interface Told {
  /** `done`, or the error's code. */
  readonly answer: "done" | number;
  readonly outcome?: ErrorData["outcome"];
  readonly state: "before" | "after" | undefined;
  readonly posts: number;
}

export interface Row {
  readonly fault: string;
  readonly script: Omit<Fault, "route" | "resourceId">;
  readonly told: Told;
  readonly timeoutSeconds?: number;
  /** Milliseconds that have to lie between two requests of the same change. */
  readonly gap?: number;
}

export const done: Told = { answer: "done", state: "after", posts: 1 };
const sentAgain: Told = { ...done, posts: 2 };
const refused = (code: number): Told => ({ answer: code, outcome: "notApplied", state: "before", posts: 1 });
export const answering = (status: number, body = "", headers = {}) => ({ fault: { status, body, headers } });
const afterEffect = (status: number, body = "", headers = {}) => ({
  fault: { status, body, headers, afterEffect: true },
});
export const rpc = (code: number) => JSON.stringify({ code, message: "as scripted", details: [] });
const html = "<html><head><title>502 Bad Gateway</title></head></html>";

/** The gateway did it, and its answer does not say so: one look tells. */
const effectHidden: Row[] = [
  { fault: "a reset after the effect", script: { preset: "ResetAfterEffect" }, told: done },
  { fault: "504 after success", script: { preset: "Http504AfterEffect" }, told: done },
  { fault: "500 after the effect", script: afterEffect(500, rpc(13)), told: done },
  { fault: "502 with HTML after the effect", script: afterEffect(502, html), told: done },
  { fault: "503 after the effect", script: afterEffect(503, rpc(14)), told: done },
  {
    fault: "503 with Retry-After after the effect",
    script: afterEffect(503, "", { "Retry-After": "1" }),
    told: done,
  },
  { fault: "408 after the effect", script: afterEffect(408), told: done },
  { fault: "409 after the effect", script: afterEffect(409, rpc(10)), told: done },
  { fault: "an empty body on 200", script: afterEffect(200), told: done },
  { fault: "a body that is cut", script: { fault: { cutBodyAt: 1 } }, told: done },
  { fault: "a body of a gigabyte", script: { fault: { hugeBodyBytes: 1_000_000_000 } }, told: done },
  {
    fault: "a gigabyte of an error",
    script: { fault: { status: 500, afterEffect: true, hugeBodyBytes: 1e9 } },
    told: done,
  },
  { fault: "HTML on 200 after the effect", script: afterEffect(200, html), told: done },
  { fault: "an error on 200 after the effect", script: afterEffect(200, rpc(14)), told: done },
  { fault: "a load balancer's 404 after the effect", script: afterEffect(404, html), told: done },
  { fault: "410 without a body after the effect", script: afterEffect(410), told: done },
];

/** The gateway did nothing, and its answer leaves that open: it is asked until nothing can come any more. */
const nothingHappened: Row[] = [
  { fault: "a reset before the effect", script: { preset: "ResetBeforeEffect" }, told: refused(14) },
  { fault: "500", script: answering(500, rpc(13)), told: refused(13) },
  { fault: "502 with HTML", script: { preset: "Html502" }, told: refused(14) },
  { fault: "504", script: answering(504, rpc(4)), told: refused(4) },
  { fault: "408", script: answering(408), told: refused(4) },
  { fault: "409", script: answering(409, rpc(10)), told: refused(10) },
  {
    fault: "a redirect to a login page",
    script: answering(302, "", { Location: "https://login.invalid/" }),
    told: refused(2),
  },
  { fault: "HTML on 200", script: answering(200, html), told: refused(2) },
  { fault: "an error on 200", script: answering(200, rpc(14)), told: refused(14) },
  { fault: "a load balancer's 404", script: answering(404, html), told: refused(2) },
  { fault: "503", script: answering(503, rpc(14)), told: sentAgain, gap: 15_000 },
  {
    fault: "503 with Retry-After",
    script: answering(503, "", { "Retry-After": "1" }),
    told: sentAgain,
    gap: 15_000,
  },
];

/** A definite refusal: nothing happened, and where the gateway names a time, it is asked again then. */
const refusals: Row[] = [
  { fault: "412", script: answering(412), told: refused(9) },
  { fault: "429", script: answering(429, rpc(8)), told: refused(8) },
  {
    fault: "429 with Retry-After that is no number",
    script: answering(429, "", { "Retry-After": "soon" }),
    told: refused(8),
  },
  {
    fault: "429 with a Retry-After of years",
    script: answering(429, "", { "Retry-After": "999999999" }),
    told: refused(8),
  },
  {
    fault: "429 with an infinite retry-after-ms",
    script: answering(429, "", { "retry-after-ms": "1e400" }),
    told: refused(8),
  },
  {
    fault: "429 with Retry-After in seconds",
    script: answering(429, "", { "Retry-After": "2" }),
    told: sentAgain,
    gap: 2_000,
  },
  {
    fault: "429 with retry-after-ms",
    script: answering(429, "", { "retry-after-ms": "1200" }),
    told: sentAgain,
    gap: 1_200,
  },
  {
    fault: "429 with a negative Retry-After",
    script: answering(429, "", { "Retry-After": "-5" }),
    told: sentAgain,
    gap: 0,
  },
  {
    fault: "429 with Retry-After as an HTTP date",
    // Counted from the answer's own Date, so that no clock has to be right.
    script: answering(429, "", { Date: httpDate(0), "Retry-After": httpDate(2) }),
    told: sentAgain,
    gap: 2_000,
  },
];

/** Seconds in which a busy machine has sent a change. */
const enough = 8;

/** No answer of use within the caller's time: what is told is what was last confirmed. */
const noAnswer: Row[] = [
  {
    fault: "a connection that is accepted and never answered",
    script: { fault: { delayMs: 3_600_000 } },
    told: { answer: 4, outcome: "unknown", state: "before", posts: 1 },
    timeoutSeconds: enough,
  },
  {
    fault: "{} with nothing behind it",
    script: answering(200, "{}"),
    told: { answer: 4, outcome: "unknown", state: "before", posts: 1 },
    timeoutSeconds: enough,
  },
];

/** The gateway forbids to be asked for longer than anybody waits: nobody can know. */
const notToBeAsked: Row[] = [
  {
    fault: "503 with a Retry-After of years",
    script: answering(503, rpc(14), { "Retry-After": "999999999" }),
    told: { answer: 14, outcome: "unknown", state: "before", posts: 1 },
  },
];

/** All of them, the slowest first. */
export const faultTable = [...nothingHappened, ...noAnswer, ...notToBeAsked, ...refusals, ...effectHidden];

/** A date as HTTP writes it, some seconds after a fixed one. */
function httpDate(seconds: number): string {
  return new Date(Date.UTC(2026, 10, 22, 8, 0, seconds)).toUTCString();
}
