import type { RecordedEvent } from "../protocol.g.js";

/** Maximum number of entries. */
export const maxEntries = 2_000;
/** Maximum number of characters in all entries. */
export const maxCharacters = 256 * 1024;
/** Maximum number of characters in one entry. Longer ones are truncated. */
export const maxEntryCharacters = 2_000;

/** Keeps the latest events of this process. They're masked when they're added, and the oldest are dropped first. */
export class EventRecord {
  readonly #entries: RecordedEvent[] = [];
  readonly #mask: (text: string) => string;
  readonly #now: () => Date;
  #characters = 0;
  #dropped = 0;

  /** @param mask removes secrets from a text */
  constructor(mask: (text: string) => string, now: () => Date = () => new Date()) {
    this.#mask = mask;
    this.#now = now;
  }

  get dropped(): number {
    return this.#dropped;
  }

  add(kind: RecordedEvent["kind"], text: string): void {
    // Mask first: a key that's cut off would no longer look like one.
    const masked = this.#mask(text);
    const kept = masked.length > maxEntryCharacters ? `${masked.slice(0, maxEntryCharacters)}…` : masked;
    this.#entries.push({ time: this.#now().toISOString(), kind, text: kept });
    this.#characters += kept.length;
    while (this.#entries.length > maxEntries || this.#characters > maxCharacters) {
      this.#characters -= this.#entries.shift()?.text.length ?? 0;
      this.#dropped++;
    }
  }

  /** Returns the entries, the oldest first. */
  read(): readonly RecordedEvent[] {
    return [...this.#entries];
  }
}
