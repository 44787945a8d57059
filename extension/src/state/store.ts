import { Signal } from "../util/signal.js";
import { type Happening, nothingKnown, reduce, type View } from "./view.js";

/** Holds the view, and tells when it has changed. */
export class Store {
  readonly onChange = new Signal<View>();
  #view: View = nothingKnown;

  get view(): View {
    return this.#view;
  }

  dispatch(happening: Happening): void {
    const next = reduce(this.#view, happening);
    if (next === this.#view) return;
    this.#view = next;
    this.onChange.fire(next);
  }
}
