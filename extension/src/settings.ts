import * as vscode from "vscode";
import type { Settings } from "./server/settings.js";

/** The person's settings. Those of a workspace are not read, whatever their scope: it must not choose where a key goes. */
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

/** The setting `companion.server.path`; empty for none. */
export function readServerPath(): string {
  return own("companion.server.path", "");
}

function own<T>(name: string, otherwise: T): T {
  const value = vscode.workspace.getConfiguration().inspect<T>(name)?.globalValue ?? otherwise;
  return typeof value === "string" ? (value.trim() as T) : value;
}
