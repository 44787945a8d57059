import type { RecordedEvent } from "../protocol.g.js";

/** Most entries that are kept. */
export const maxEntries = 2_000;
/** Most characters in all entries. */
export const maxCharacters = 256 * 1024;
/** Most characters in one entry; a longer one is cut. */
export const maxEntryCharacters = 2_000;

/** The last things that happened in this process, always kept and already masked; what is oldest goes first. */
export class EventRecord {
  readonly #entries: RecordedEvent[] = [];
  readonly #mask: (text: string) => string;
  readonly #now: () => Date;
  #characters = 0;
  #dropped = 0;

  /** @param mask takes secrets out of a text */
  constructor(mask: (text: string) => string, now: () => Date = () => new Date()) {
    this.#mask = mask;
    this.#now = now;
  }

  /** How many entries were dropped. */
  get dropped(): number {
    return this.#dropped;
  }

  add(kind: RecordedEvent["kind"], text: string): void {
    // Masked before it is cut: a key at the cut would lose the look of one, and stay.
    const masked = this.#mask(text);
    const kept = masked.length > maxEntryCharacters ? `${masked.slice(0, maxEntryCharacters)}…` : masked;
    this.#entries.push({ time: this.#now().toISOString(), kind, text: kept });
    this.#characters += kept.length;
    while (this.#entries.length > maxEntries || this.#characters > maxCharacters) {
      this.#characters -= this.#entries.shift()?.text.length ?? 0;
      this.#dropped++;
    }
  }

  /** What is there, the oldest first. */
  read(): readonly RecordedEvent[] {
    return [...this.#entries];
  }
}
