/** Removes secrets from text: anything that looks like an API key, and all keys that were in use. */
export class SecretMask {
  static readonly replacement = "[API key]";
  static readonly #keyLike = /\b(?:fw|fpk)_[A-Za-z0-9_-]{8,}/g;
  readonly #secrets = new Set<string>();

  /** Masks this text from now on, as is and in JSON. */
  add(secret: string): void {
    if (secret === "") return;
    this.#secrets.add(secret);
    this.#secrets.add(JSON.stringify(secret).slice(1, -1));
  }

  apply(text: string): string {
    let masked = text;
    for (const secret of this.#secrets) masked = masked.replaceAll(secret, SecretMask.replacement);
    return masked.replaceAll(SecretMask.#keyLike, SecretMask.replacement);
  }
}
