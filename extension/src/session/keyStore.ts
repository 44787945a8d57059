/** The part of VS Code's SecretStorage that's used. */
export interface SecretStorage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** The name of the secret that contains the API keys. */
export const apiKeysName = "companion.apiKeys";

/** An API key and the account that it was entered for. */
export interface StoredKey {
  readonly accountId: string;
  readonly apiKey: string;
}

/** The keys that the user entered. */
export interface StoredKeys {
  /** When the latest key was entered, in milliseconds of {@link Date.now}. */
  readonly at: number;
  /** One key for each account, the latest first. */
  readonly keys: readonly StoredKey[];
}

/** The only place that stores API keys. */
export class KeyStore {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** Returns the stored keys. Ignores data that can't be read, so the user has to enter the key again. */
  async read(): Promise<StoredKeys | undefined> {
    return parse(await this.#secrets.get(apiKeysName));
  }

  /**
   * Adds a key, replacing the one for the same account.
   * @param signedOutAt keys from before this time are dropped, because a browser might still have them
   */
  async add(key: StoredKey, at: number, signedOutAt = 0): Promise<void> {
    const stored = await this.read();
    const kept = stored && stored.at > signedOutAt ? stored.keys : [];
    const keys = [key, ...kept.filter(({ accountId }) => accountId !== key.accountId)];
    await this.#secrets.store(apiKeysName, JSON.stringify({ at, keys } satisfies StoredKeys));
  }

  async delete(): Promise<void> {
    await this.#secrets.delete(apiKeysName);
  }
}

function parse(text: string | undefined): StoredKeys | undefined {
  if (text === undefined) return undefined;
  try {
    const { at, keys } = JSON.parse(text) as StoredKeys;
    return typeof at === "number" && Array.isArray(keys) && keys.every(isKey) ? { at, keys } : undefined;
  } catch {
    return undefined;
  }
}

function isKey({ accountId, apiKey }: StoredKey): boolean {
  return typeof accountId === "string" && typeof apiKey === "string";
}
