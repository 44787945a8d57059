import * as l10n from "@vscode/l10n";
import { asRpcError, GoogleRpcCode, isServerLost, type RpcError } from "./rpcError.js";
import { type Action, UserError } from "./userError.js";

/** The message and the actions to show for an error. */
export interface Explanation {
  readonly message: string;
  /** What the error means, if the message doesn't say so. */
  readonly detail?: string;
  readonly actions: readonly Action[];
}

/** Whether the failed request only reads, or changes something at the gateway. */
export type Attempt = "question" | "change";

/** The message comes from the server. The actions depend on its code. */
export function explain(error: unknown, attempt: Attempt): Explanation {
  if (error instanceof UserError) return error;
  if (isServerLost(error)) {
    return {
      message: l10n.t("Companion's server stopped before it responded."),
      actions: ["tryAgain", "showLog"],
    };
  }
  const answer = asRpcError(error);
  if (answer)
    return {
      message: sentence(answer),
      actions: [...recoveryActions(answer, attempt), ...diagnoseAction(answer), "showLog"],
    };
  const reason = error instanceof Error ? error.message : String(error);
  return { message: l10n.t("Something went wrong in Companion: {0}", reason), actions: ["showLog"] };
}

/** Offers a diagnosis if the network or the gateway might be at fault. */
function diagnoseAction({ code }: RpcError): Action[] {
  return diagnosableCodes.includes(code) ? ["diagnose"] : [];
}

const diagnosableCodes: readonly number[] = [
  GoogleRpcCode.Unknown,
  GoogleRpcCode.Unavailable,
  GoogleRpcCode.DeadlineExceeded,
  GoogleRpcCode.Unauthenticated,
  GoogleRpcCode.PermissionDenied,
  GoogleRpcCode.Unimplemented,
];

function sentence({ code, message }: RpcError): string {
  return message === "" ? l10n.t("The gateway returned error {0} without a reason.", code) : message;
}

function recoveryActions({ code, data }: RpcError, attempt: Attempt): Action[] {
  if (data?.fix) return [data.fix];
  switch (code) {
    case GoogleRpcCode.Unauthenticated:
    case GoogleRpcCode.PermissionDenied:
      return ["signIn"];
    case GoogleRpcCode.NotFound:
      return ["selectEnvironment"];
    case GoogleRpcCode.FailedPrecondition:
    case GoogleRpcCode.Aborted:
      return ["refresh"];
  }
  // Offer to repeat a change only if it's certain that the first one didn't take effect.
  if (attempt === "change" && data?.outcome !== "notApplied") return ["refresh"];
  return data?.retryable ? ["tryAgain"] : [];
}
