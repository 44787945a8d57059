/** Something that can be let go of. */
export interface Disposable {
  dispose(): void;
}

/** An event for the parts that know nothing of VS Code. Listeners run in the order in which they came. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();

  listen(listener: (value: T) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
