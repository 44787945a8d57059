import * as vscode from "vscode";
import type { Settings } from "./server/settings.js";

/**
 * Reads the user settings. Workspace settings are ignored regardless of their scope, because a workspace must not
 * decide where a key goes.
 */
export function readSettings(): Settings {
  return {
    gatewayUrl: own("companion.gatewayUrl", ""),
    accountId: own("companion.accountId", ""),
    caFile: own("companion.caFile", ""),
    proxy: own("http.proxy", ""),
    proxySupport: own("http.proxySupport", ""),
    proxyAuthorization: own<string | null>("http.proxyAuthorization", null) ?? "",
    noProxy: own<string[]>("http.noProxy", []),
    strictSSL: own<boolean | undefined>("http.proxyStrictSSL", undefined),
  };
}

/** The `companion.server.path` setting. Empty if it isn't set. */
export function readServerPath(): string {
  return own("companion.server.path", "");
}

function own<T>(name: string, otherwise: T): T {
  const value = vscode.workspace.getConfiguration().inspect<T>(name)?.globalValue ?? otherwise;
  return typeof value === "string" ? (value.trim() as T) : value;
}
