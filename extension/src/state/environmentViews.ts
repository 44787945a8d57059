import { Signal } from "../util/signal.js";
import type { Store } from "./store.js";
import { isSelected, reduce, type Selection, type View, type ViewAction } from "./view.js";

type Environment = Pick<Selection, "accountId" | "environmentId">;

/**
 * A view for each known environment of the account in use, as if it were the selected one. They follow the same reports
 * as the status bar.
 */
export class EnvironmentViews {
  /** The ID of an environment whose view changed, or undefined if all might have changed. */
  readonly onChange = new Signal<string | undefined>();
  readonly #store: Store;
  readonly #views = new Map<string, View>();

  constructor(store: Store) {
    this.#store = store;
    store.onAction.listen((action) => this.#apply(action));
  }

  get ids(): readonly string[] {
    return [...this.#views.keys()];
  }

  get all(): readonly View[] {
    return [...this.#views.values()].map((view) => this.#orSelected(view));
  }

  get(environmentId: string): View | undefined {
    const view = this.#views.get(environmentId);
    return view && this.#orSelected(view);
  }

  viewOf(environment: Environment): View | undefined {
    if (isSelected(this.#store.view, environment)) return this.#store.view;
    const view = this.#views.get(environment.environmentId);
    return view && isSelected(view, environment) ? view : undefined;
  }

  /** Forgets all environments but these, which are all that the account has. */
  keepOnly(environmentIds: ReadonlySet<string>): void {
    for (const id of this.ids) if (!environmentIds.has(id)) this.#views.delete(id);
    this.onChange.fire(undefined);
  }

  #orSelected(view: View): View {
    return view.selection && isSelected(this.#store.view, view.selection) ? this.#store.view : view;
  }

  #apply(action: ViewAction): void {
    switch (action.type) {
      case "selected":
        if (action.environment) this.#apply({ type: "seen", environment: action.environment });
        this.onChange.fire(undefined); // another row is now the selected one
        break;
      case "seen":
        this.#see(action);
        break;
      case "recalled":
      case "changing":
      case "changeFailed":
      case "disconnectPlanned":
        this.#update(action.environment.environmentId, action);
        break;
      case "problem":
        this.#update(action.environmentId, action);
        break;
      default:
        this.#updateAll(action);
    }
  }

  #see(action: Extract<ViewAction, { type: "seen" }>): void {
    const { accountId, environmentId } = action.environment;
    const { view } = this.#store;
    if (view.account && view.account.accountId !== accountId) return;
    if (this.#views.has(environmentId)) {
      this.#update(environmentId, action);
      return;
    }
    if (!view.account) return;
    const without = reduce(view, { type: "selected", environment: undefined });
    this.#views.set(environmentId, reduce(without, { ...action, type: "selected" }));
    this.onChange.fire(environmentId);
  }

  #update(environmentId: string, action: ViewAction): void {
    const before = this.#views.get(environmentId);
    const after = before && reduce(before, action);
    if (!after || after === before) return;
    this.#views.set(environmentId, after);
    this.onChange.fire(environmentId);
  }

  #updateAll(action: ViewAction): void {
    const { account } = this.#store.view;
    for (const [id, view] of this.#views) {
      const isOther = account === null || (account && account.accountId !== view.selection?.accountId);
      if (isOther || action.type === "gateway") this.#views.delete(id);
      else this.#views.set(id, reduce(view, action));
    }
    this.onChange.fire(undefined);
  }
}
