import type { Page } from "playwright-core";

/** A value that the page stored in the browser. */
export interface StoredEntry {
  /** "localStorage: name", or "IndexedDB: database, store, key". */
  readonly where: string;
  readonly text: string;
}

/**
 * Returns everything that the page's origin has stored in the browser. VS Code on the desktop keeps it in files.
 */
export async function browserStorage(page: Page): Promise<StoredEntry[]> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const asText = (value: unknown) => {
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
        const bytes = new Uint8Array(ArrayBuffer.isView(value) ? value.buffer : value);
        return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
      }
      return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
    };
    const found = [{ where: "cookies", text: document.cookie }];
    for (const [name, storage] of Object.entries({ localStorage, sessionStorage }))
      for (const key of Object.keys(storage))
        found.push({ where: `${name}: ${key}`, text: storage.getItem(key) ?? "" });
    for (const { name } of await indexedDB.databases()) {
      if (!name) continue;
      const database = await done(indexedDB.open(name));
      for (const storeName of database.objectStoreNames) {
        const store = database.transaction(storeName).objectStore(storeName);
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
        for (const [index, key] of keys.entries())
          found.push({ where: `IndexedDB: ${name}, ${storeName}, ${key}`, text: asText(values[index]) });
      }
      database.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        found.push({
          where: `cache: ${name}, ${request.url}`,
          text: (await (await cache.match(request))?.text()) ?? "",
        });
    }
    return found;
  });
}
