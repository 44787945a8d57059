/** The last lines that a process wrote: its last words, for the log, when it ends. */
export class OutputTail {
  readonly #lines: string[] = [];
  readonly #most: number;

  /** @param most how many lines are kept */
  constructor(most = 40) {
    this.#most = most;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#most) this.#lines.shift();
  }

  /** The lines, which are then forgotten. */
  take(): string[] {
    return this.#lines.splice(0);
  }
}
