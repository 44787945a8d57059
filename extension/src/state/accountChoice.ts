import type { AccountChoice } from "../session/foundAccount.js";
import { readSettings } from "../settings.js";
import type { Memory } from "./memory.js";

/** The account that is wanted here: by the setting, else by what is remembered of this workspace. */
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
