import * as l10n from "@vscode/l10n";
import type { Objection } from "../../ui/ask.js";

/** What is wrong with a text that is to be an API key. Lengths and prefixes vary, so only the gateway can tell the rest. */
export function apiKeyObjection(text: string): Objection | undefined {
  const key = text.trim();
  if (key === "") return { message: l10n.t("Paste the API key."), severity: "error" };
  if (!/^[!-~]+$/.test(key)) {
    return { message: l10n.t("An API key has no spaces and no special letters."), severity: "error" };
  }
  return undefined;
}
