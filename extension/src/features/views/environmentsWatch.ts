import type * as vscode from "vscode";
import type { Session } from "../../session/session.js";
import type { View } from "../../state/view.js";
import { listFreshFor } from "./listLoader.js";

/** The states that last until someone changes them. */
const atRest = ["CONNECTED", "DISCONNECTED"];

/**
 * Lets the server watch the listed environments while the view is visible. The first read isn't needed until the list is
 * outdated, unless an environment is changing.
 */
export class EnvironmentsWatch {
  readonly #session: Session;
  readonly #view: vscode.TreeView<unknown>;
  readonly #views: () => readonly View[];
  readonly #subscription: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param views the most important ones first, because the server watches a limited number */
  constructor(session: Session, view: vscode.TreeView<unknown>, views: () => readonly View[]) {
    this.#session = session;
    this.#view = view;
    this.#views = views;
    this.#subscription = view.onDidChangeVisibility(() => this.begin());
  }

  /** Watches what's in the list, or nothing if the view is hidden. */
  begin(): void {
    clearTimeout(this.#timer);
    if (!this.#view.visible) {
      this.#session.watchOthers([]);
      return;
    }
    const isChanging = this.#views().some(
      ({ environment }) => environment && !atRest.includes(environment.state),
    );
    this.#timer = setTimeout(() => this.#watch(), isChanging ? 0 : listFreshFor);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #watch(): void {
    this.#session.watchOthers(this.#views().flatMap(({ selection }) => selection ?? []));
  }
}
