import type { NodePoolInfo } from "../protocol.g.js";
import { Signal } from "../util/signal.js";
import { initialView, reduce, type View, type ViewAction } from "./view.js";

/** Holds the view, and fires an event when it changes. */
export class Store {
  readonly onChange = new Signal<View>();
  /** Every action, also those that don't change the view, after it was updated. */
  readonly onAction = new Signal<ViewAction>();
  readonly #instanceTypes = new Map<string, string>();
  #view: View = initialView;

  get view(): View {
    return this.#view;
  }

  dispatch(action: ViewAction): void {
    const next = reduce(this.#view, action);
    const isChanged = next !== this.#view;
    this.#view = next;
    this.onAction.fire(action);
    if (isChanged) this.onChange.fire(next);
  }

  /** Remembers the instance types of node pools of the account in use. */
  nodePoolsListed(pools: readonly NodePoolInfo[]): void {
    const { accountId } = this.#view.account ?? {};
    if (accountId === undefined) return;
    for (const { nodePoolId, instanceType } of pools)
      if (instanceType !== undefined)
        this.#instanceTypes.set(this.#keyOf(accountId, nodePoolId), instanceType);
  }

  /** The instance type of the node pool that the selected environment is connected to, if it was listed. */
  get instanceType(): string | undefined {
    const { accountId, connection } = this.#view.environment ?? {};
    return connection && accountId && this.#instanceTypes.get(this.#keyOf(accountId, connection.nodePoolId));
  }

  #keyOf(accountId: string, nodePoolId: string): string {
    return JSON.stringify([this.#view.sandbox, accountId, nodePoolId]);
  }
}
