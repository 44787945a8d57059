import * as vscode from "vscode";
import type { App } from "../../app.js";
import { asRpcError, GoogleRpcCode } from "../../errors/rpcError.js";
import type { UnsettledChange } from "../../protocol.g.js";
import { interruptedText, type Settled, splitByAccount } from "./unsettled.js";

/**
 * After each start of the server, and once it has an account, asks what became of the changes that died with an earlier
 * one, and tells it in one message. Nothing is sent.
 */
export function followUnsettled(app: App): vscode.Disposable {
  let waiting: readonly UnsettledChange[] = [];
  return vscode.Disposable.from(
    app.server.onState.listen((state) => {
      waiting = state === "running" ? app.server.unsettled : [];
    }),
    app.store.onChange.listen(({ account }) => {
      const { due, others } = splitByAccount(waiting, account);
      waiting = others;
      const mine = due.filter((change) => !app.handledEnvironments.has(change));
      if (mine.length > 0) void app.handledEnvironments.run(mine, () => report(app, mine));
    }),
  );
}

async function report(app: App, unsettled: readonly UnsettledChange[]): Promise<void> {
  // Asking settles them for good, so that a window that nobody can see would tell of them, and no other.
  if (!(await app.presence.proven())) return;
  const answers = await Promise.all(unsettled.map((change) => settle(app, change)));
  const message = interruptedText(answers.filter((answer) => answer !== undefined));
  if (message !== undefined) app.reporter.notify("Information", message, ["showLog"]);
}

/** @returns undefined where the gateway cannot be asked: what is known stays old, and the next start names it again */
async function settle(app: App, unsettled: UnsettledChange): Promise<Settled | undefined> {
  const { accountId, environmentId, change, since } = unsettled;
  app.log.info(`A ${change} of ${environmentId}, begun at ${since}, wasn't confirmed.`);
  try {
    const environment = await app.session.ask("getEnvironment", { accountId, environmentId });
    return { unsettled, environment };
  } catch (error) {
    if (asRpcError(error)?.code === GoogleRpcCode.NotFound) return { unsettled, environment: undefined };
    app.log.warn(`What became of it is not known: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
