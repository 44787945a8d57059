import * as vscode from "vscode";
import type { SettingInfo } from "../protocol.g.js";

/** Settings that might contain a secret. Only whether they're set is reported. */
const sensitive = ["http.proxy", "http.proxyAuthorization"];
const names = [
  ...["companion.gatewayUrl", "companion.accountId", "companion.caFile", "companion.server.path"],
  ...["companion.trace.server", "http.proxySupport", "http.noProxy", "http.proxyStrictSSL"],
];

/** Returns the settings that Companion reads, and where they come from. Notes ignored workspace values. */
export function settingsInEffect(): SettingInfo[] {
  return [...names, ...sensitive].map((name) => {
    const found = vscode.workspace.getConfiguration().inspect(name);
    const value = found?.globalValue;
    const isSet = value !== undefined;
    const ignored = found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
    return {
      name,
      isSet,
      ...(isSet && !sensitive.includes(name) && { value: JSON.stringify(value) }),
      origin: `${isSet ? "user" : "default"}${ignored ? " (workspace value ignored)" : ""}`,
    };
  });
}
