import * as l10n from "@vscode/l10n";
import { type Explanation, explain } from "../../errors/explain.js";
import { asRpcError, GoogleRpcCode, type RpcError } from "../../errors/rpcError.js";
import type { Action } from "../../errors/userError.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { hasFailed } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import type { ChangeMethod } from "./outcome.js";

/** Returns what to show for a failed change: the gateway's message, what it means, and what to do next. */
export function explainFailure(error: unknown, method: ChangeMethod, name: string): Explanation {
  const answer = asRpcError(error);
  const settled = answer && settledElsewhere(answer);
  if (settled) return method === "connect" ? connectFailed(settled, name) : disconnectFailed(settled, name);
  const { message, actions } = explain(error, "change");
  if (!answer || answer.code <= 0) return { message, actions };
  if (answer.data?.outcome === "unknown") {
    return { message, detail: l10n.t("The request wasn't sent again."), actions };
  }
  const further = furtherActions(answer, method);
  // If the error might be temporary, offer to try again first.
  const [first, ...rest] = actions;
  return {
    message,
    actions: first === "tryAgain" ? [first, ...further, ...rest] : [...further, ...actions],
  };
}

/** Returns the environment if the error is about a failure that it reports itself. */
function settledElsewhere({ data }: RpcError): EnvironmentInfo | undefined {
  const { environment, httpStatus, outcome, status } = data ?? {};
  return environment &&
    outcome === "notApplied" &&
    httpStatus === undefined && // with an HTTP status, the request was rejected, and the failure might be an earlier one
    hasFailed(environment) &&
    environment.status?.code === status
    ? environment
    : undefined;
}

function connectFailed({ state, status, connection }: EnvironmentInfo, name: string): Explanation {
  const message = said(l10n.t("{0} wasn't connected.", singleLine(name)), status?.message);
  if (state === "CONNECTED") {
    const detail = l10n.t("It's connected as before.");
    return { message, detail, actions: ["refresh", "showLog"] };
  }
  switch (status?.code) {
    case "RESOURCE_EXHAUSTED": {
      const pool = connection?.nodePoolId ?? l10n.t("The node pool");
      const detail = l10n.t(
        "{0} doesn't have enough free capacity now. Choose another node pool or fewer ranks, or try again later.",
        pool,
      );
      return { message, detail, actions: ["chooseNodePool", "tryAgain", "showLog"] };
    }
    case "UNAVAILABLE":
    case "DEADLINE_EXCEEDED":
    case "ABORTED":
      return {
        message,
        detail: l10n.t(
          "This might be temporary. It isn't connected to a node pool now. Try again, or choose another node pool.",
        ),
        actions: ["tryAgain", "chooseNodePool", "showLog"],
      };
    case "PERMISSION_DENIED":
    case "INVALID_ARGUMENT":
    case "FAILED_PRECONDITION":
    case "NOT_FOUND":
      return {
        message,
        detail: l10n.t("Retrying won't help. Choose another node pool or role."),
        actions: ["chooseNodePool", "showLog"],
      };
    default:
      return {
        message,
        detail: l10n.t("It isn't connected to a node pool now. Try again, or choose another node pool."),
        actions: ["tryAgain", "chooseNodePool", "showLog"],
      };
  }
}

/**
 * The snapshot failed, so the environment is connected again. Offers recovery options, starting with the safest.
 */
function disconnectFailed({ state, status }: EnvironmentInfo, name: string): Explanation {
  if (state !== "CONNECTED") {
    return {
      message: said(l10n.t("{0} wasn't disconnected.", singleLine(name)), status?.message),
      actions: ["refresh", "showLog"],
    };
  }
  return {
    message: said(
      l10n.t("{0} is still connected, and you're still charged for it.", singleLine(name)),
      status?.message,
    ),
    detail: l10n.t(
      "Try again first. If that fails, rebuild the snapshots, which takes longer. If you force the disconnect, you lose anything that isn't in a snapshot.",
    ),
    actions: ["tryAgain", "rebuildSnapshots", "forceDisconnect", "showLog"],
  };
}

function said(what: string, words: string | undefined): string {
  return words
    ? l10n.t("{0} Message from the gateway: {1}.", what, singleLine(words, 300).replace(/\.$/, ""))
    : what;
}

/** Additional actions for a connect: offers another node pool if this one might be the problem. */
function furtherActions({ code, data }: RpcError, method: ChangeMethod): Action[] {
  if (method !== "connect" || data?.outcome !== "notApplied") return [];
  const state = data.environment?.state;
  switch (code) {
    case GoogleRpcCode.InvalidArgument:
    case GoogleRpcCode.ResourceExhausted:
      return ["chooseNodePool"];
    case GoogleRpcCode.NotFound:
      return state === undefined ? [] : ["chooseNodePool"]; // the environment itself exists
    case GoogleRpcCode.FailedPrecondition:
      return data.httpStatus === 400 && (state === "DISCONNECTED" || state === "CONNECTED")
        ? ["chooseNodePool"]
        : [];
    default:
      return [];
  }
}
