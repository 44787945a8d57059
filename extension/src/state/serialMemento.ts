import { SerialQueue } from "../util/serialQueue.js";
import type { Memento } from "./memory.js";

/**
 * Writes one value after the other. When VS Code confirms a write to globalState, it replaces all values in this process
 * with those written, and loses one that was set in the meantime.
 */
export class SerialMemento implements Memento {
  readonly #inner: Memento;
  /** Values that aren't confirmed yet. */
  readonly #pending = new Map<string, { readonly value: unknown }>();
  readonly #queue = new SerialQueue();

  constructor(inner: Memento) {
    this.#inner = inner;
  }

  get<T>(key: string): T | undefined {
    const pending = this.#pending.get(key);
    return pending ? (pending.value as T | undefined) : this.#inner.get<T>(key);
  }

  /** Rejects if it can't be saved. {@link get} then returns the earlier value. */
  update(key: string, value: unknown): Promise<void> {
    const pending = { value };
    this.#pending.set(key, pending);
    return this.#queue.run(async () => {
      try {
        await this.#inner.update(key, value);
      } finally {
        if (this.#pending.get(key) === pending) this.#pending.delete(key);
      }
    });
  }
}
