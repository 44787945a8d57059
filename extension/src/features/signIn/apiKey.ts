import * as l10n from "@vscode/l10n";
import type { ValidationMessage } from "../../ui/ask.js";

/** Returns what's wrong with an API key. Lengths and prefixes vary, so only the gateway can check the rest. */
export function apiKeyError(text: string): ValidationMessage | undefined {
  const message = fault(text.trim());
  return message === undefined ? undefined : { message, severity: "error" };
}

function fault(key: string): string | undefined {
  if (key === "") return l10n.t("Paste the API key.");
  const [invisible] = /[^\P{C}\r\n\t]|[^\P{Z} ]/u.exec(key) ?? [];
  if (invisible !== undefined) {
    const code = (invisible.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return l10n.t("The key contains an invisible character (U+{0}). Type the key, or copy it again.", code);
  }
  if (/\bbearer[\s:]/i.test(key)) return l10n.t('Paste the API key without "Bearer".');
  if (/^["'`´‘-‟«»‹›]|["'`´‘-‟«»‹›]$/.test(key)) return l10n.t("Paste the API key without quotation marks.");
  if (!/^[!-~]+$/.test(key)) return l10n.t("An API key can't contain spaces or non-ASCII characters.");
  return undefined;
}
