import { Signal } from "../util/signal.js";
import { initialView, reduce, type View, type ViewAction } from "./view.js";

/** Holds the view, and fires an event when it changes. */
export class Store {
  readonly onChange = new Signal<View>();
  /** Every action, also those that don't change the view, after it was updated. */
  readonly onAction = new Signal<ViewAction>();
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
}
