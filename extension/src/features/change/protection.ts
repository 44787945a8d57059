import * as l10n from "@vscode/l10n";
import { asRpcError, GoogleRpcCode } from "../../errors/rpcError.js";
import type { ConnectParams, EnvironmentInfo } from "../../protocol.g.js";

/** What a person is asked before a connect is sent without protection; undefined where the failure is another one. */
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

/** The same connect, sent without protection. */
export const withConsent = (params: ConnectParams): ConnectParams => ({ ...params, allowUnprotected: true });

/** What to say of a change that is in effect: also that it was not protected, where it was not. */
export function resultText(text: string, { unprotected }: Pick<EnvironmentInfo, "unprotected">): string {
  return unprotected === undefined
    ? text
    : l10n.t("{0} This change wasn't protected from other windows: {1}", text, unprotected);
}
