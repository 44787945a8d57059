import { readSettings } from "../settings.js";
import type { Memory } from "../state/memory.js";
import type { AccountChoice } from "./foundAccount.js";

/** Returns the preferred account: from the setting, or else from this workspace. */
export function accountChoice(memory: Memory): AccountChoice {
  return {
    get fixed() {
      return readSettings().accountId || undefined;
    },
    get preferred() {
      return memory.account;
    },
    prefer: (accountId) => memory.setAccount(accountId),
  };
}
