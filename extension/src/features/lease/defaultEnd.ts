import * as l10n from "@vscode/l10n";
import { UserError } from "../../errors/userError.js";
import { defaultEndSetting, readDefaultEnd } from "../../settings.js";
import { type EndChoice, parseEnd } from "../../state/ends.js";

/** The end of connections for which the user hasn't chosen one. None if the setting is invalid. */
export function defaultEnd(): EndChoice {
  return parseEnd(readDefaultEnd()) ?? "none";
}

/** @throws {UserError} if the setting is invalid, so that no connection silently lacks the end that the user wanted */
export function checkDefaultEnd(): void {
  const text = readDefaultEnd();
  if (text === "" || parseEnd(text)) return;
  throw new UserError(
    l10n.t(
      "{0} must be a duration from 1 min to 365 d, such as 8 h, or a time, such as 18:30. It's {1}. Nothing was sent.",
      defaultEndSetting,
      text,
    ),
    ["openSettings"],
  );
}
