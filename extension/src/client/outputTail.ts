/** The last lines that a process wrote: its last words, for the log, when it ends. */
export class OutputTail {
  readonly #lines: string[] = [];
  readonly #maxLines: number;

  /** @param maxLines how many lines are kept */
  constructor(maxLines = 40) {
    this.#maxLines = maxLines;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#maxLines) this.#lines.shift();
  }

  /** The lines, which are then forgotten. */
  take(): string[] {
    return this.#lines.splice(0);
  }
}
