import type { CancellationToken } from "vscode";
import type { App } from "../../app.js";
import { asRpcError, isCancelled } from "../../errors/rpcError.js";
import type { RoleInfo } from "../../protocol.g.js";

/** Returns the roles that the account lists. Undefined if they can't be listed; the user can still enter one. */
export async function listRoles(
  app: App,
  accountId: string,
  token: CancellationToken,
): Promise<readonly RoleInfo[] | undefined> {
  try {
    return (await app.session.ask("listRoles", { accountId }, { token })).roles;
  } catch (error) {
    const answer = asRpcError(error);
    if (!answer || isCancelled(error)) throw error;
    app.log.info(`Couldn't list the account's roles: ${answer.message}`);
    return undefined;
  }
}
