import * as l10n from "@vscode/l10n";
import { isServerLost } from "../errors/rpcError.js";
import { type Action, UserError } from "../errors/userError.js";

const wayOut: readonly Action[] = ["restartServer", "showLog"];

/** Why a program that was found did not come up, in one sentence with a way out. The system's own word is in the error's text. */
export function didNotStart(error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/\b(EACCES|EPERM|UNKNOWN)\b/.test(reason))
    return new UserError(
      l10n.t(
        "The system does not let Companion's server start: an antivirus program or a policy may block it, or its folder forbids programs. Allow it, and restart the server.",
      ),
      wayOut,
    );
  // A program that is there, and "not there": what is missing is the loader that it names, musl's or glibc's.
  if (/\b(ENOEXEC|ENOENT|EBADARCH|EFTYPE)\b|system error -86/.test(reason))
    return new UserError(
      l10n.t(
        "Companion's server is not a program for this system: install the package of Companion that is made for it, or set companion.server.path.",
      ),
      ["openSettings", ...wayOut],
    );
  const message = isServerLost(error)
    ? l10n.t("Companion's server ended while it was starting. Its last output is in the log.")
    : l10n.t("Companion's server did not start: {0}", reason);
  return new UserError(message, wayOut);
}
