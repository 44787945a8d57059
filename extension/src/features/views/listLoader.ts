import * as vscode from "vscode";
import type { App } from "../../app.js";
import { explain } from "../../errors/explain.js";
import { isCancelled } from "../../errors/rpcError.js";
import { AccountNeeded } from "../../session/accountNeeded.js";
import { isSignedOut, type View } from "../../state/view.js";
import type { ViewHandle } from "./treeNode.js";

/** How long a list stays current, and the delay before it's requested again after a failure, in milliseconds. */
export const listFreshFor = 30_000;

/** When a list was last requested, and for which account. */
export interface Listed {
  readonly accountId: string | undefined;
  /** In milliseconds of the wall clock. */
  readonly at: number;
}

/** Whether a visible view has to request its list. */
export function needsList(view: View, listed: Listed | undefined, now: number): boolean {
  if (isSignedOut(view) || ["failed", "restarting"].includes(view.server)) return false;
  if (!listed || Math.abs(now - listed.at) > listFreshFor) return true;
  return Boolean(view.account) && view.account?.accountId !== listed.accountId;
}

/** Requests the list of a view while it's visible: when it appears, and for another account. */
export class ListLoader {
  readonly #app: App;
  readonly #handle: ViewHandle;
  readonly #list: () => Promise<void>;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #listed: Listed | undefined;
  #isLoading = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** @param list requests the list and takes it */
  constructor(app: App, handle: ViewHandle, list: () => Promise<void>) {
    this.#app = app;
    this.#handle = handle;
    this.#list = list;
    this.#subscriptions = [
      handle.view.onDidChangeVisibility(() => this.#loadIfNeeded()),
      app.store.onChange.listen(({ account }) => {
        if (account && account.accountId !== this.#listed?.accountId) this.#loadIfNeeded();
      }),
      app.store.onAction.listen(({ type }) => {
        if (type === "gateway") this.#listed = undefined; // the same account ID means another account there
      }),
      app.refreshViews.listen(() => {
        if (handle.view.visible) void this.#load();
      }),
    ];
    this.#loadIfNeeded();
  }

  dispose(): void {
    clearTimeout(this.#retry);
    for (const one of this.#subscriptions) one.dispose();
  }

  #loadIfNeeded(): void {
    clearTimeout(this.#retry);
    if (this.#handle.view.visible && needsList(this.#app.store.view, this.#listed, Date.now()))
      void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const { view, id } = this.#handle;
    const work = () =>
      this.#request().then(
        () => this.#done(),
        (error: unknown) => this.#failed(error),
      );
    view.message = (await vscode.window.withProgress({ location: { viewId: id } }, work)) ?? "";
    this.#isLoading = false;
  }

  async #request(): Promise<void> {
    const { session, store } = this.#app;
    try {
      await session.ensureReady();
      if (!isSignedOut(store.view)) await this.#list();
    } finally {
      this.#listed = { accountId: store.view.account?.accountId, at: Date.now() };
    }
  }

  #done(): undefined {
    void vscode.commands.executeCommand("setContext", "companion.accountNeeded", false);
  }

  /** @returns the message to show */
  #failed(error: unknown): string | undefined {
    const { log, reporter } = this.#app;
    log.warn(`Couldn't list what a view shows: ${error instanceof Error ? error.message : String(error)}`);
    const needsAccount = error instanceof AccountNeeded;
    void vscode.commands.executeCommand("setContext", "companion.accountNeeded", needsAccount);
    if (needsAccount || isCancelled(error)) return undefined;
    this.#retry = setTimeout(() => this.#loadIfNeeded(), listFreshFor + 1);
    return reporter.mask(explain(error).message);
  }
}
