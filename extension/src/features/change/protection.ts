import * as l10n from "@vscode/l10n";
import { asRpcError, GoogleRpcCode } from "../../errors/rpcError.js";
import type { ConnectParams, EnvironmentInfo } from "../../protocol.g.js";

/**
 * Returns the question to ask before sending a connect without protection, or undefined if the error is about
 * something else.
 */
export function consentQuestion(error: unknown, params: { allowUnprotected?: boolean }): string | undefined {
  const { code, data, message } = asRpcError(error) ?? {};
  const isRefused =
    code === GoogleRpcCode.FailedPrecondition &&
    data?.outcome === "notApplied" &&
    data.unprotected !== undefined &&
    !params.allowUnprotected;
  return isRefused
    ? l10n.t(
        "{0} If you connect anyway, another window might connect it at the same time, and this window might lose track of it after a restart.",
        message ?? "",
      )
    : undefined;
}

/** The same connect without protection. */
export const withConsent = (params: ConnectParams): ConnectParams => ({ ...params, allowUnprotected: true });

/** Returns the text for a completed change, with a warning if it wasn't protected. */
export function resultText(text: string, { unprotected }: Pick<EnvironmentInfo, "unprotected">): string {
  return unprotected === undefined
    ? text
    : l10n.t("{0} This change wasn't protected from other windows: {1}", text, unprotected);
}
