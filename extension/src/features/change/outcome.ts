import * as l10n from "@vscode/l10n";
import { asRpcError } from "../../errors/rpcError.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { nameOf } from "../../state/view.js";
import { plain } from "../../util/text.js";
import { wordOf } from "../statusBar/states.js";

/** The two ways to change an environment. */
export type ChangeMethod = "connect" | "disconnect";

/** What to say after the waiting was stopped: the server's own sentence tells what goes on at the gateway. */
export function afterCancel(error: unknown, name: string): string {
  return (
    asRpcError(error)?.message ||
    l10n.t("Stopped waiting for {0}. What was asked for may still go on at the gateway.", plain(name))
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
