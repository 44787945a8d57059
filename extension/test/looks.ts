/** Every look of the status bar, with a view that has it: the rows of the table in docs/status-bar.md. */
import { environmentStates } from "../src/protocol.g.js";
import { freshFor } from "../src/state/freshness.js";
import { nothingKnown, type View } from "../src/state/view.js";
import { account, confirmed, environment, observed } from "./views.js";

export interface Look {
  /** When it is shown. */
  readonly when: string;
  readonly view: View;
  /** Milliseconds of the wall clock at which it is looked at. */
  readonly now: number;
}

const look = (when: string, view: View, elapsed = 0): Look => ({ when, view, now: observed + elapsed });

const signedIn: View = { ...nothingKnown, server: "running", account };
const failure = { code: "INTERNAL", message: "The snapshot failed." };
const unavailable = { code: 14, status: "UNAVAILABLE", message: "The gateway does not answer." };
const refused = { code: 7, status: "PERMISSION_DENIED", message: "This API key may not use trainer." };
const notFound = { code: 5, status: "NOT_FOUND", message: "There is none." };
const undescribed = { environment: undefined, confirmed: false };
const remembered = { server: "stopped", account: undefined, confirmed: false } as const;

/** The states that the contract knows, as the gateway has just said them. */
export const stateLooks = environmentStates.map((state) =>
  look(`the gateway reports ${state}`, confirmed(environment({ state }))),
);

export const looks: readonly Look[] = [
  ...stateLooks,
  look(
    "the gateway reports a state that this version doesn't know",
    confirmed(environment({ state: "HIBERNATING" })),
  ),
  look(
    "CONNECTED after a failed disconnect: you still pay for it",
    confirmed(environment({ status: failure })),
  ),
  look(
    "DISCONNECTED after a failed connect",
    confirmed(environment({ state: "DISCONNECTED", status: failure })),
  ),
  look(
    "one request failed with a temporary error",
    confirmed(environment(), { problem: unavailable, misses: 1 }),
    40_000,
  ),
  look(
    "remembered from before a start or reload, not confirmed yet",
    confirmed(environment(), remembered),
    3_600_000,
  ),
  look("no update for more than 90 s, for example after sleep", confirmed(), freshFor + 1),
  look(
    "the gateway denies access",
    confirmed(environment(), { confirmed: false, problem: refused, misses: 1 }),
  ),
  look(
    "offline: no response twice in a row, or once with an answer older than 90 s",
    confirmed(environment(), { confirmed: false, problem: unavailable, misses: 2 }),
    40_000,
  ),
  look(
    "offline, and the state was never known",
    confirmed(environment(), { ...undescribed, problem: unavailable, misses: 2 }),
  ),
  look("the state was never known", confirmed(environment(), undescribed)),
  look(
    "the environment doesn't exist",
    confirmed(environment(), { ...undescribed, problem: notFound, misses: 1 }),
  ),
  look("no environment is selected", signedIn),
  look(
    "no API key, or the gateway rejects it",
    confirmed(environment(), { account: null, confirmed: false }),
  ),
  look(
    "the server stopped unexpectedly, or is being restarted",
    confirmed(environment(), { server: "restarting", confirmed: false }),
  ),
  look(
    "the server couldn't be started, or crashed repeatedly",
    confirmed(environment(), { server: "failed", confirmed: false }),
  ),
  look("the sandbox", confirmed(environment(), { sandbox: true })),
];
