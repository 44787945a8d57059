/** Keeps the last lines that a process wrote, to log them when it exits. */
export class OutputTail {
  readonly #lines: string[] = [];
  readonly #maxLines: number;

  constructor(maxLines = 40) {
    this.#maxLines = maxLines;
  }

  add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > this.#maxLines) this.#lines.shift();
  }

  /** Returns the lines and clears them. */
  take(): string[] {
    return this.#lines.splice(0);
  }
}
