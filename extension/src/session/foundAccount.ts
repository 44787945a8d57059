import { asRpcError, GoogleRpcCode, isRefusal } from "../errors/rpcError.js";
import type { AccountInfo } from "../protocol.g.js";
import type { Request } from "../server/client.js";
import { AccountNeeded } from "./accountNeeded.js";
import type { PreferredAccount } from "./signInMark.js";

/** The preferred account of this workspace, and a way to change it. */
export interface AccountChoice extends PreferredAccount {
  prefer(accountId: string | undefined): Promise<void>;
}

/**
 * Returns the account for the key that the server finds: the preferred one if the key has access to it.
 * @returns null if there's no key
 * @throws {@link AccountNeeded} if the key has access to several accounts and none is preferred
 */
export async function resolveFoundAccount(
  request: Request,
  choice: PreferredAccount,
): Promise<AccountInfo | null> {
  const own = await ownAccount(request);
  const preferred = choice.fixed === undefined ? choice.preferred : undefined; // the server already has the fixed one
  if (own === null || (own && (preferred === undefined || own.accountId === preferred))) return own;
  const other = preferred === undefined ? undefined : await preferredAccount(request, preferred);
  if (other) return other;
  if (!own) throw new AccountNeeded();
  return own;
}

/** @returns null if there's no key, undefined if it has access to several accounts */
async function ownAccount(request: Request): Promise<AccountInfo | null | undefined> {
  try {
    return await request("getAccount", {});
  } catch (error) {
    if (asRpcError(error)?.code !== GoogleRpcCode.FailedPrecondition) throw error;
    return undefined;
  }
}

/** @returns undefined if the key doesn't have access to the account */
async function preferredAccount(request: Request, accountId: string): Promise<AccountInfo | undefined> {
  try {
    return await request("signIn", { accountId });
  } catch (error) {
    if (!isRefusal(error) && asRpcError(error)?.code !== GoogleRpcCode.NotFound) throw error;
    return undefined;
  }
}
