import * as l10n from "@vscode/l10n";
import { asRpcError, isServerLost } from "./rpcError.js";
import { type Action, UserError } from "./userError.js";

/** The message and the actions to show for an error. */
export interface Explanation {
  readonly message: string;
  /** What the error means, if the message doesn't say so. */
  readonly detail?: string | undefined;
  readonly actions: readonly Action[];
}

/** Whether an error has a message for the user. Then a stack of the extension adds nothing to it. */
export function isExpected(error: unknown): boolean {
  return error instanceof UserError || asRpcError(error) !== undefined;
}

/** An error from the server has its own message and actions. */
export function explain(error: unknown): Explanation {
  if (error instanceof UserError) return error;
  if (isServerLost(error)) {
    return {
      message: l10n.t("Companion's server stopped before it responded."),
      actions: ["tryAgain", "showLog"],
    };
  }
  const answer = asRpcError(error);
  if (answer) {
    const { detail, actions = [] } = answer.data ?? {};
    return { message: answer.message, detail, actions: [...actions, "showLog"] };
  }
  const reason = error instanceof Error ? error.message : String(error);
  return { message: l10n.t("Something went wrong in Companion: {0}", reason), actions: ["showLog"] };
}
