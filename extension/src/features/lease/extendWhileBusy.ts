import * as vscode from "vscode";
import type { App } from "../../app.js";
import { extendWhileBusyHours } from "../../settings.js";
import { endOf } from "../../state/leases.js";
import type { Selection } from "../../state/view.js";
import { Alarm } from "../../util/alarm.js";

/** How long before the end it's extended, in milliseconds: earlier than the last notice, which would be wrong then. */
const ahead = 150_000;

/** How long an extension keeps the connection from then on, in milliseconds. */
const extension = 30 * 60_000;

/** How often a window that isn't busy is looked at again, in milliseconds. */
const interval = 30_000;

/** An extension by less wouldn't help, in milliseconds. */
const least = 60_000;

/** How far the end of a connection was extended, in milliseconds of the wall clock. */
export interface Extended {
  readonly environment: string;
  /** The end that the user chose. */
  readonly chosen: number;
  readonly until: number;
}

const storedAs = "extended";

/**
 * Extends the end of this workspace's connection while work is running in this window, by as many hours as
 * `companion.lease.extendWhileBusy` allows. Off by default.
 * @param extend extends the end if the window is busy, and returns whether it did; loaded when it's needed
 */
export function extendWhileBusy(
  app: App,
  extend: (app: App, environment: Selection, next: Extended, latest: number) => Promise<boolean>,
): vscode.Disposable {
  const { log, presence, store, workspaceState } = app;
  const alarm = new Alarm(() =>
    check().catch((error: unknown) => log.warn(`Couldn't extend the end of a connection: ${error}`)),
  );
  const find = () => {
    const { environment, selection } = store.view;
    const end = environment && endOf(environment);
    const hours = extendWhileBusyHours();
    if (!selection || end === undefined || hours <= 0) return undefined;
    const id = `${selection.accountId}/${selection.environmentId}`;
    const before = workspaceState.get<Extended>(storedAs);
    const chosen = before?.environment === id && before.until === end ? before.chosen : end;
    const latest = chosen + hours * 3_600_000;
    return { selection, end, latest, next: { environment: id, chosen, until: 0 } };
  };
  let isChecking = false;
  const arm = (after = 0) => {
    if (isChecking) return; // it does so itself

    const found = find();
    alarm.set(found && Date.now() < found.end ? Math.max(found.end - ahead, Date.now() + after) : undefined);
  };
  async function check() {
    const found = find();
    if (!found) return;
    isChecking = true;
    const until = Math.min(Date.now() + extension, found.latest);
    const isDue = Date.now() >= found.end - ahead && Date.now() < found.end && until - found.end >= least;
    const next = { ...found.next, until };
    try {
      if (isDue && (await presence.proven()) && (await extend(app, found.selection, next, found.latest)))
        await workspaceState.update(storedAs, next);
    } finally {
      isChecking = false;
      arm(interval);
    }
  }
  arm();
  return vscode.Disposable.from(
    alarm,
    store.onChange.listen(() => arm()),
    vscode.workspace.onDidChangeConfiguration(() => arm()),
  );
}
