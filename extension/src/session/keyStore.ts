/** VS Code's SecretStorage, as far as it is used. */
export interface SecretStorage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** The name under which the API keys are kept; it tells nothing about them. */
export const apiKeysName = "companion.apiKeys";

/** An API key, and the account that it was entered for. */
export interface StoredKey {
  readonly accountId: string;
  readonly apiKey: string;
}

/** The keys that were entered. */
export interface StoredKeys {
  /** When the latest was entered, in milliseconds of {@link Date.now}. */
  readonly at: number;
  /** One for each account, the latest first. */
  readonly keys: readonly StoredKey[];
}

/** The one place that keeps the API keys. */
export class KeyStore {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** What is kept. What cannot be read is as good as nothing: the person enters the key again. */
  async read(): Promise<StoredKeys | undefined> {
    return parse(await this.#secrets.get(apiKeysName));
  }

  /**
   * Adds a key, in place of an earlier one of the same account.
   * @param signedOutAt what was entered before then is not kept: a browser may still have it
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
