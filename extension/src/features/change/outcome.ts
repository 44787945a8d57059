import * as l10n from "@vscode/l10n";
import { asRpcError } from "../../errors/rpcError.js";
import type { ConnectionDifference, EnvironmentInfo } from "../../protocol.g.js";
import { nameOf } from "../../state/view.js";
import { plain } from "../../util/text.js";
import { wordOf } from "../statusBar/states.js";

/** The two ways to change an environment. */
export type ChangeMethod = "connect" | "disconnect";

/** What to say after a connect took effect: to what, and where that differs from what was requested. */
export function afterConnect(
  name: string,
  requestedPool: string,
  { connection, differences }: EnvironmentInfo,
): string {
  const connected = l10n.t("{0} is connected to {1}.", plain(name), connection?.nodePoolId ?? requestedPool);
  return [connected, ...(differences ?? []).map(differenceText)].join(" ");
}

function differenceText({ member, requested, actual }: ConnectionDifference): string {
  switch (member) {
    case "numRanks":
      return l10n.t("It has {0} ranks; {1} requested.", actual, requested ?? "1");
    case "role":
      return l10n.t("It has the role {0}; {1} was requested.", plain(actual), requested ?? "");
    case "useLocalStorage":
      return l10n.t("It has local storage, which was not requested.");
  }
}

/** What to say after the waiting was stopped: what the gateway still does, as far as that is known. */
export function afterCancel(error: unknown, method: ChangeMethod, name: string): string {
  const answer = asRpcError(error);
  const { outcome, environment } = answer?.data ?? {};
  const shown = plain(name);
  if (outcome === "notApplied") return l10n.t("Stopped. Nothing was sent: {0} is as it was.", shown);
  switch (environment?.state) {
    case "CONNECTING":
    case "RECONNECTING":
      return l10n.t(
        "Stopped waiting. The gateway goes on connecting {0}, and what it connects is paid for: the status bar shows it, and it can be disconnected once it is connected.",
        shown,
      );
    case "DISCONNECTING":
      return l10n.t(
        "Stopped waiting. The gateway goes on disconnecting {0}: the status bar shows when it is done.",
        shown,
      );
  }
  return method === "connect"
    ? l10n.t(
        "Stopped waiting. What was sent is not taken back: the gateway may still connect {0}, and the status bar shows it.",
        shown,
      )
    : l10n.t(
        "Stopped waiting. What was sent is not taken back: the gateway may still disconnect {0}, and the status bar shows it.",
        shown,
      );
}

/** What to say after the server was lost in the middle, and runs again. */
export function afterLoss(method: ChangeMethod, environment: EnvironmentInfo): string {
  const name = plain(nameOf(environment));
  const state = wordOf(environment.state);
  return method === "connect"
    ? l10n.t(
        "Companion's server stopped while {0} was being connected. It runs again, and the gateway now says: {1}. Nothing was sent again.",
        name,
        state,
      )
    : l10n.t(
        "Companion's server stopped while {0} was being disconnected. It runs again, and the gateway now says: {1}. Nothing was sent again.",
        name,
        state,
      );
}

/** What to say after the server was lost in the middle, and the gateway cannot be asked. */
export function afterLossUnsettled(method: ChangeMethod, name: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : (asRpcError(error)?.message ?? String(error));
  return method === "connect"
    ? l10n.t(
        "Companion's server stopped while {0} was being connected, and the gateway cannot be asked what came of it: {1}",
        plain(name),
        reason,
      )
    : l10n.t(
        "Companion's server stopped while {0} was being disconnected, and the gateway cannot be asked what came of it: {1}",
        plain(name),
        reason,
      );
}
