import { Signal } from "../util/signal.js";
import { initialView, reduce, type View, type ViewAction } from "./view.js";

/** Holds the view, and fires an event when it changes. */
export class Store {
  readonly onChange = new Signal<View>();
  #view: View = initialView;

  get view(): View {
    return this.#view;
  }

  dispatch(action: ViewAction): void {
    const next = reduce(this.#view, action);
    if (next === this.#view) return;
    this.#view = next;
    this.onChange.fire(next);
  }
}
