import * as l10n from "@vscode/l10n";
import { isServerLost } from "../errors/rpcError.js";
import { type Action, UserError } from "../errors/userError.js";

const startActions: readonly Action[] = ["restartServer", "showLog"];

/** Returns a message for a program that was found but couldn't be started, based on the system's error code. */
export function startError(error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  if (/\b(EACCES|EPERM|UNKNOWN)\b/.test(reason))
    return new UserError(
      l10n.t(
        "The system didn't allow Companion's server to start. Antivirus software or a policy might be blocking it, or its folder might not allow programs to run. Allow it, and then restart the server.",
      ),
      startActions,
    );
  // For an existing program, ENOENT means that its loader (musl or glibc) is missing.
  if (/\b(ENOEXEC|ENOENT|EBADARCH|EFTYPE)\b|system error -86/.test(reason))
    return new UserError(
      l10n.t(
        "Companion's server can't run on this system. Install the Companion package for this system, or set companion.server.path.",
      ),
      ["openSettings", ...startActions],
    );
  const message = isServerLost(error)
    ? l10n.t("Companion's server stopped while it was starting. See the log for its last output.")
    : l10n.t("Companion's server didn't start: {0}", reason);
  return new UserError(message, startActions);
}
