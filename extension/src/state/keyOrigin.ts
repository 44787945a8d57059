import type { AccountInfo } from "../protocol.g.js";

/**
 * Returns the environment variable or the file with the API key. Undefined if the key is in VS Code's secret storage, or
 * belongs to the sandbox.
 */
export function keyOriginOf(account: AccountInfo | null | undefined): string | undefined {
  const source = account?.keySource;
  return source === "environment" || source === "file" ? account?.keyOrigin : undefined;
}
