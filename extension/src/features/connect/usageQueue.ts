import type { NodePoolInfo } from "../../protocol.g.js";

/** The number of requests at once. The user's other requests must not wait for them. */
const atOnce = 4;

/** Asks for the usage of node pools: a few at once, each one once, and the one that the user looks at next. */
export class UsageQueue {
  readonly #ask: (pool: NodePoolInfo) => Promise<void>;
  readonly #asked = new Set<string>();
  #waiting: readonly NodePoolInfo[] = [];
  #running = 0;

  /** @param ask never rejects */
  constructor(ask: (pool: NodePoolInfo) => Promise<void>) {
    this.#ask = ask;
  }

  add(pools: readonly NodePoolInfo[]): void {
    this.#waiting = [...this.#waiting, ...pools];
    this.#next();
  }

  addFirst(pool: NodePoolInfo): void {
    this.#waiting = [pool, ...this.#waiting];
    this.#next();
  }

  #next(): void {
    while (this.#running < atOnce) {
      const [pool, ...rest] = this.#waiting;
      if (!pool) return;
      this.#waiting = rest;
      if (this.#asked.has(pool.nodePoolId)) continue;
      this.#asked.add(pool.nodePoolId);
      this.#running++;
      void this.#ask(pool).finally(() => {
        this.#running--;
        this.#next();
      });
    }
  }
}
