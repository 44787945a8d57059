/** What became of work that only one may do at a time. */
export type LockResult<T> = { readonly ran: true; readonly value: T } | { readonly ran: false };

/** Lets one at a time do what goes by a name. Who comes meanwhile does not wait, and does nothing. */
export class KeyedLock {
  readonly #busy = new Set<string>();

  async run<T>(name: string, work: () => Promise<T>): Promise<LockResult<T>> {
    if (this.#busy.has(name)) return { ran: false };
    this.#busy.add(name);
    try {
      return { ran: true, value: await work() };
    } finally {
      this.#busy.delete(name);
    }
  }
}
