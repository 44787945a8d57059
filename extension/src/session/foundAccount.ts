import { asRpcError, GoogleRpcCode, isRefusal } from "../errors/rpcError.js";
import type { AccountInfo } from "../protocol.g.js";
import type { Request } from "../server/client.js";
import { AccountNeeded } from "./accountNeeded.js";
import type { PreferredAccount } from "./signInMark.js";

/** The account that is wanted in this workspace, and how that is changed. */
export interface AccountChoice extends PreferredAccount {
  prefer(accountId: string | undefined): Promise<void>;
}

/**
 * The account of the key that the server finds by itself: the one that is preferred, as long as the key reaches it.
 * @returns null where there is no key
 * @throws {@link AccountNeeded} where the key reaches several and none of them is preferred
 */
export async function resolveFoundAccount(
  request: Request,
  choice: PreferredAccount,
): Promise<AccountInfo | null> {
  const own = await ownAccount(request);
  const preferred = choice.fixed === undefined ? choice.preferred : undefined; // the server knows what is fixed
  if (own === null || (own && (preferred === undefined || own.accountId === preferred))) return own;
  const other = preferred === undefined ? undefined : await preferredAccount(request, preferred);
  if (other) return other;
  if (!own) throw new AccountNeeded();
  return own;
}

/** @returns null where there is no key, undefined where it reaches several accounts */
async function ownAccount(request: Request): Promise<AccountInfo | null | undefined> {
  try {
    return await request("getAccount", {});
  } catch (error) {
    if (asRpcError(error)?.code !== GoogleRpcCode.FailedPrecondition) throw error;
    return undefined;
  }
}

/** @returns undefined where the key does not reach it */
async function preferredAccount(request: Request, accountId: string): Promise<AccountInfo | undefined> {
  try {
    return await request("signIn", { accountId });
  } catch (error) {
    if (!isRefusal(error) && asRpcError(error)?.code !== GoogleRpcCode.NotFound) throw error;
    return undefined;
  }
}
