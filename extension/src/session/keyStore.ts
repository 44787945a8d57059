/** VS Code's SecretStorage, as far as it is used. */
export interface SecretStorage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** The name under which the API key is kept; it tells nothing about the key. */
export const apiKeyName = "companion.apiKey";

/** The one place that keeps the API key. */
export class KeyStore {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async get(): Promise<string | undefined> {
    return this.#secrets.get(apiKeyName);
  }

  async set(key: string): Promise<void> {
    await this.#secrets.store(apiKeyName, key);
  }

  async delete(): Promise<void> {
    await this.#secrets.delete(apiKeyName);
  }
}
