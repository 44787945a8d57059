import * as vscode from "vscode";
import type { App } from "../../app.js";
import { asRpcError, GoogleRpcCode } from "../../errors/rpcError.js";
import type { UnsettledChange } from "../../protocol.g.js";
import { followToEnd, isUnfinished } from "./followToEnd.js";
import { interruptedText, type Settled, splitByAccount } from "./unsettled.js";

/**
 * When a server has started and has an account, checks the outcome of changes that earlier servers didn't finish, and
 * shows it in one notification. The progress of a change that's still going on is shown until its end. Sends no changes.
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
  // Reading the state settles a change for good, so don't let a window do it that nobody can see.
  if (!(await app.presence.proven())) return;
  const answers = await Promise.all(unsettled.map((change) => settle(app, change)));
  const settled = answers.filter((answer) => answer !== undefined);
  const unfinished = settled.find((one) => isUnfinished(one, app.store.view));
  const finished = settled.filter((one) => one !== unfinished);
  const message = interruptedText(finished);
  if (message !== undefined) app.reporter.notify("Information", message, ["showLog"]);
  for (const { unsettled, environment } of finished)
    await app.awareness.end(unsettled, environment?.observedAt);
  if (unfinished) await followToEnd(app, unfinished);
}

/** @returns undefined if the gateway can't be asked; the next server then lists the change again */
async function settle(app: App, unsettled: UnsettledChange): Promise<Settled | undefined> {
  const { accountId, environmentId, change, since } = unsettled;
  app.log.info(`A ${change} of ${environmentId}, started at ${since}, wasn't confirmed.`);
  try {
    const environment = await app.session.ask("getEnvironment", { accountId, environmentId });
    return { unsettled, environment };
  } catch (error) {
    if (asRpcError(error)?.code === GoogleRpcCode.NotFound) return { unsettled, environment: undefined };
    app.log.warn(`Couldn't confirm its outcome: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}
