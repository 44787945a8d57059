import * as vscode from "vscode";
import type { App } from "../../app.js";
import { explain } from "../../errors/explain.js";
import { isCancelled } from "../../errors/rpcError.js";
import { AccountNeeded } from "../../session/accountNeeded.js";
import { isSignedOut, type View } from "../../state/view.js";
import type { ViewHandle } from "./treeNode.js";

/** How long a list stays current, in milliseconds. */
export const listFreshFor = 30_000;

/** How long a visible view waits in a window without the focus: long, but not so long that its states are outdated. */
const delayInBackground = 60_000;

/** When a list was last requested, and for which account. */
export interface Listed {
  readonly accountId: string | undefined;
  /** In milliseconds of the wall clock. */
  readonly at: number;
}

/** Whether a visible view has to request its list. */
export function needsList(view: View, listed: Listed | undefined, now: number): boolean {
  if (isSignedOut(view) || view.server === "failed" || view.server === "restarting") return false;
  if (!listed || Math.abs(now - listed.at) >= listFreshFor) return true;
  return Boolean(view.account) && view.account?.accountId !== listed.accountId;
}

/** Requests the list of a view while it's visible: when it appears, for another account, and when it's outdated. */
export class ListLoader {
  readonly #app: App;
  readonly #handle: ViewHandle;
  readonly #list: () => Promise<void>;
  readonly #subscriptions: readonly { dispose(): unknown }[];
  #listed: Listed | undefined;
  #isLoading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param list requests the list and takes it */
  constructor(app: App, handle: ViewHandle, list: () => Promise<void>) {
    this.#app = app;
    this.#handle = handle;
    this.#list = list;
    this.#subscriptions = [
      handle.view.onDidChangeVisibility(() => this.#loadIfNeeded()),
      vscode.window.onDidChangeWindowState(() => this.#loadIfNeeded()),
      app.store.onChange.listen(({ account }) => {
        if (account && account.accountId !== this.#listed?.accountId) void this.#loadIfNeeded();
      }),
      app.store.onAction.listen(({ type }) => {
        if (type === "gateway") this.#listed = undefined; // there, the same ID means another account
      }),
      app.refreshViews.listen(() => {
        if (handle.view.visible) void this.#load(true);
      }),
    ];
    void this.#loadIfNeeded();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const one of this.#subscriptions) one.dispose();
  }

  get #isDue(): boolean {
    return this.#handle.view.visible && needsList(this.#app.store.view, this.#listed, Date.now());
  }

  /** Otherwise, a browser tab that was lost without being closed would ask forever. */
  async #loadIfNeeded(): Promise<void> {
    if (this.#isDue && (await this.#app.presence.proven()) && this.#isDue) await this.#load(!this.#listed);
    else if (this.#handle.view.visible) this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const delay = vscode.window.state.focused ? listFreshFor : delayInBackground;
    this.#timer = setTimeout(() => void this.#loadIfNeeded(), delay);
  }

  async #load(showsProgress: boolean): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    const { view, id } = this.#handle;
    const work = () =>
      this.#request().then(
        () => this.#done(undefined),
        (error: unknown) => this.#done(error),
      );
    const message = await (showsProgress
      ? vscode.window.withProgress({ location: { viewId: id } }, work)
      : work());
    if (view.message !== message) view.message = message;
    this.#isLoading = false;
    this.#schedule();
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

  /** @returns the message to show */
  #done(error: unknown): string {
    const needsAccount = error instanceof AccountNeeded;
    void vscode.commands.executeCommand("setContext", "companion.accountNeeded", needsAccount);
    if (!error || needsAccount || isCancelled(error)) return "";
    const { log, reporter } = this.#app;
    log.warn(`Couldn't list what a view shows: ${error instanceof Error ? error.message : String(error)}`);
    return reporter.mask(explain(error).message);
  }
}
