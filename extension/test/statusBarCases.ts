/** The cases of the status bar, each with a view: the rows of the table in docs/status-bar.md. */
import { environmentStates } from "../src/protocol.g.js";
import { freshFor } from "../src/state/freshness.js";
import { initialView, type View } from "../src/state/view.js";
import { account, confirmed, environment, observed, roomWait } from "./views.js";

export interface StatusBarCase {
  /** When the case applies. */
  readonly when: string;
  readonly view: View;
  /** Wall clock time in milliseconds. */
  readonly now: number;
}

const statusBarCase = (when: string, view: View, elapsed = 0): StatusBarCase => ({
  when,
  view,
  now: observed + elapsed,
});

const signedIn: View = { ...initialView, server: "running", account };
const failure = { code: "INTERNAL", message: "The snapshot failed." };
const unavailable = { code: 14, status: "UNAVAILABLE", message: "The gateway does not answer." };
const refused = { code: 7, status: "PERMISSION_DENIED", message: "This API key may not use trainer." };
const notFound = { code: 5, status: "NOT_FOUND", message: "There is none." };
const undescribed = { environment: undefined, confirmed: false };
const remembered = { server: "stopped", account: undefined, confirmed: false } as const;

/** The states of the contract, as the gateway has just reported them. */
export const stateCases = environmentStates.map((state) =>
  statusBarCase(`the gateway reports ${state}`, confirmed(environment({ state }))),
);

export const cases: readonly StatusBarCase[] = [
  ...stateCases,
  statusBarCase("CONNECTED for a known time", confirmed(environment({ stateSince: "2026-11-22T01:47:11Z" }))),
  statusBarCase(
    "CONNECTED, in the last two minutes before the end that the user set",
    confirmed(environment({ lease: { until: "2026-11-22T05:01:45Z", keptBy: ["vscode"] } })),
  ),
  statusBarCase(
    "CONNECTING for a while",
    confirmed(environment({ state: "CONNECTING", stateSince: "2026-11-22T04:59:39Z", expectedSeconds: 40 })),
  ),
  statusBarCase(
    "CONNECTING for a while, and it isn't known how long it usually takes",
    confirmed(environment({ state: "CONNECTING", stateSince: "2026-11-22T04:59:39Z" })),
  ),
  statusBarCase(
    "CONNECTING for more than twice as long as usual, and at least 30 s longer",
    confirmed(environment({ state: "CONNECTING", stateSince: "2026-11-22T04:57:49Z", expectedSeconds: 40 })),
  ),
  statusBarCase(
    "CONNECTING, and a disconnect is planned for when it's connected",
    confirmed(environment({ state: "CONNECTING" }), { plannedDisconnect: { isUnwatched: false } }),
  ),
  statusBarCase(
    "DISCONNECTED, and waiting for room in a node pool",
    confirmed(environment({ state: "DISCONNECTED" }), { roomWait: roomWait() }),
  ),
  statusBarCase(
    "a long name",
    confirmed(environment({ displayName: "llama-4-finetuning-eu-west-night-run-07" })),
  ),
  statusBarCase(
    "the gateway reports a state that this version doesn't know",
    confirmed(environment({ state: "HIBERNATING" })),
  ),
  statusBarCase(
    "CONNECTED after a failed disconnect: you still pay for it",
    confirmed(environment({ status: failure })),
  ),
  statusBarCase(
    "DISCONNECTED after a failed connect",
    confirmed(environment({ state: "DISCONNECTED", status: failure })),
  ),
  statusBarCase(
    "one request failed with a temporary error",
    confirmed(environment(), { problem: unavailable, misses: 1 }),
    40_000,
  ),
  statusBarCase(
    "remembered from before a start or reload, not confirmed yet",
    confirmed(environment(), remembered),
    3_600_000,
  ),
  statusBarCase("no update for more than 90 s, for example after sleep", confirmed(), freshFor + 1),
  statusBarCase(
    "the gateway denies access",
    confirmed(environment(), { confirmed: false, problem: refused, misses: 1 }),
  ),
  statusBarCase(
    "offline: no response twice in a row, or once with an answer older than 90 s",
    confirmed(environment(), { confirmed: false, problem: unavailable, misses: 2 }),
    40_000,
  ),
  statusBarCase(
    "offline, and the state was never known",
    confirmed(environment(), { ...undescribed, problem: unavailable, misses: 2 }),
  ),
  statusBarCase("the state was never known", confirmed(environment(), undescribed)),
  statusBarCase(
    "the environment doesn't exist",
    confirmed(environment(), { ...undescribed, problem: notFound, misses: 1 }),
  ),
  statusBarCase("no environment is selected", signedIn),
  statusBarCase(
    "no API key, or the gateway rejects it",
    confirmed(environment(), { account: null, confirmed: false }),
  ),
  statusBarCase(
    "the server stopped unexpectedly, or is being restarted",
    confirmed(environment(), { server: "restarting", confirmed: false }),
  ),
  statusBarCase(
    "the server couldn't be started, or crashed repeatedly",
    confirmed(environment(), { server: "failed", confirmed: false }),
  ),
  statusBarCase("the sandbox", confirmed(environment(), { sandbox: true })),
];
