import * as l10n from "@vscode/l10n";
import { asRpcError } from "../../errors/rpcError.js";
import type { ConnectionDifference, EnvironmentInfo } from "../../protocol.g.js";
import { stateLabel } from "../../state/states.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** The methods that change an environment. */
export type ChangeMethod = "connect" | "disconnect";

/** Returns the text for a completed connect, including differences from what was requested. */
export function connectedText(
  name: string,
  requestedPool: string,
  { connection, differences }: EnvironmentInfo,
): string {
  const connected = l10n.t(
    "{0} is connected to {1}.",
    singleLine(name),
    connection?.nodePoolId ?? requestedPool,
  );
  return [connected, ...(differences ?? []).map(differenceText)].join(" ");
}

function differenceText({ member, requested, actual }: ConnectionDifference): string {
  switch (member) {
    case "numRanks":
      return l10n.t("It has {0} ranks, but you requested {1}.", actual, requested ?? "1");
    case "role":
      return l10n.t("Its role is {0}, but you requested {1}.", singleLine(actual), requested ?? "");
    case "useLocalStorage":
      return l10n.t("It uses local storage, which you didn't request.");
  }
}

/** Returns the text after the user stopped waiting: what the gateway is still doing, as far as it's known. */
export function canceledText(error: unknown, method: ChangeMethod, name: string): string {
  const answer = asRpcError(error);
  const { outcome, environment } = answer?.data ?? {};
  if (outcome === "notApplied")
    return l10n.t("Canceled before the gateway accepted anything. {0} wasn't changed.", singleLine(name));
  return stoppedText(environment, method, name);
}

/** Returns the text after the user stopped waiting for a change that was sent. */
export function stoppedText(
  environment: EnvironmentInfo | undefined,
  method: ChangeMethod,
  name: string,
): string {
  const shown = singleLine(name);
  switch (environment?.state) {
    case "CONNECTING":
    case "RECONNECTING":
      return l10n.t(
        "Stopped waiting. {0} is still being connected, and you're charged for what it connects to. The status bar shows its state. You can disconnect it once it's connected.",
        shown,
      );
    case "DISCONNECTING":
      return l10n.t(
        "Stopped waiting. {0} is still being disconnected. The status bar shows when it's done.",
        shown,
      );
  }
  return method === "connect"
    ? l10n.t(
        "Stopped waiting. The request was already sent, so {0} might still be connected. The status bar shows its state.",
        shown,
      )
    : l10n.t(
        "Stopped waiting. The request was already sent, so {0} might still be disconnected. The status bar shows its state.",
        shown,
      );
}

/** Returns the text for a change whose server was lost and has restarted. */
export function serverLostText(method: ChangeMethod, environment: EnvironmentInfo): string {
  const name = singleLine(nameOf(environment));
  const state = stateLabel(environment.state);
  return method === "connect"
    ? l10n.t(
        "Companion's server stopped while {0} was being connected, and has restarted. Current state: {1}. The request wasn't sent again.",
        name,
        state,
      )
    : l10n.t(
        "Companion's server stopped while {0} was being disconnected, and has restarted. Current state: {1}. The request wasn't sent again.",
        name,
        state,
      );
}

/** Returns the text for a change whose server was lost and whose outcome couldn't be confirmed. */
export function unconfirmedText(method: ChangeMethod, name: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : (asRpcError(error)?.message ?? String(error));
  return method === "connect"
    ? l10n.t(
        "Companion's server stopped while {0} was being connected. Couldn't confirm whether it connected: {1}",
        singleLine(name),
        reason,
      )
    : l10n.t(
        "Companion's server stopped while {0} was being disconnected. Couldn't confirm whether it disconnected: {1}",
        singleLine(name),
        reason,
      );
}
