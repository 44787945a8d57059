import type { Page } from "playwright-core";

/**
 * Returns what VS Code in the browser has stored of an extension's workspace and global state. It does so with a
 * delay, and a window that's reloaded before then has lost it.
 * @param extensionId `publisher.name`
 * @returns the state of each store that has some, as JSON
 */
export async function storedState(page: Page, extensionId: string): Promise<string[]> {
  return page.evaluate(async (id) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const found: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith("vscode-web-state-db")) continue;
      const database = await done(indexedDB.open(name));
      const store = database.transaction("ItemTable").objectStore("ItemTable");
      const state = (await done(store.get(id))) as string | undefined;
      if (state !== undefined) found.push(state);
      database.close();
    }
    return found;
  }, extensionId);
}
