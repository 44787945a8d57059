/** Views for the tests of the user interface. */
import type { AccountInfo, EnvironmentInfo } from "../src/protocol.g.js";
import { initialView, type ShownWait, type View } from "../src/state/view.js";

/** When the environment in these views was last confirmed, in milliseconds of the wall clock. */
export const observed = Date.parse("2026-11-22T05:00:00Z");

export const account: AccountInfo = { accountId: "acme", email: "ada@example.com", keySource: "signIn" };

export function environment(more: Partial<EnvironmentInfo> = {}): EnvironmentInfo {
  return {
    accountId: "acme",
    environmentId: "trainer",
    state: "CONNECTED",
    observedAt: "2026-11-22T05:00:00Z",
    ...more,
  };
}

/** A view with a running server that has just confirmed the environment. */
export function confirmed(described: EnvironmentInfo = environment(), more: Partial<View> = {}): View {
  return {
    ...initialView,
    server: "running",
    account,
    selection: described,
    environment: described,
    confirmed: true,
    ...more,
  };
}

/** A wait for room until half an hour after {@link observed}. */
export function roomWait(more: Partial<ShownWait> = {}): ShownWait {
  return {
    id: "1",
    sandbox: false,
    environment: environment({ state: "DISCONNECTED" }),
    connection: { nodePoolId: "h100", numRanks: 8 },
    end: "none",
    until: "2026-11-22T05:30:00.000Z",
    isStopped: false,
    ...more,
  };
}
