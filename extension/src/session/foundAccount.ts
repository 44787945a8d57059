import { asRpcError, GoogleRpcCode, isRefusal } from "../errors/rpcError.js";
import type { AccountInfo } from "../protocol.g.js";
import type { Request } from "../server/client.js";
import { AccountNeeded } from "./accountNeeded.js";
import type { AccountWish } from "./signInMark.js";

/** The account that is wanted in this workspace, and how that is changed. */
export interface AccountChoice extends AccountWish {
  wish(accountId: string | undefined): Promise<void>;
}

/**
 * The account of the key that the server finds by itself: the one that is wished, as long as the key reaches it.
 * @returns null where there is no key
 * @throws {@link AccountNeeded} where the key reaches several and none of them is wished
 */
export async function accountOfFound(request: Request, choice: AccountWish): Promise<AccountInfo | null> {
  const own = await ownAccount(request);
  const wished = choice.fixed === undefined ? choice.wished : undefined; // the server knows what is fixed
  if (own === null || (own && (wished === undefined || own.accountId === wished))) return own;
  const other = wished === undefined ? undefined : await wishedAccount(request, wished);
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
async function wishedAccount(request: Request, accountId: string): Promise<AccountInfo | undefined> {
  try {
    return await request("signIn", { accountId });
  } catch (error) {
    if (!isRefusal(error) && asRpcError(error)?.code !== GoogleRpcCode.NotFound) throw error;
    return undefined;
  }
}
