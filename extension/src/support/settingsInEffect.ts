import * as vscode from "vscode";
import type { SettingInfo } from "../protocol.g.js";
import { serverSettings } from "../server/settings.js";
import { currencySetting, defaultEndSetting, ratesSetting } from "../settings.js";

const settings: readonly { readonly id: string; readonly secret?: true }[] = [
  ...Object.values(serverSettings),
  { id: "companion.server.path" },
  { id: "companion.trace.server" },
  { id: defaultEndSetting },
  { id: "companion.lease.extendWhileBusy" },
  { id: "companion.remindWhenIdle" },
  { id: "companion.onConnected", secret: true },
  { id: "companion.onDisconnected", secret: true },
  { id: ratesSetting },
  { id: currencySetting },
];

/** Returns the settings that Companion reads, and where they come from. Notes ignored workspace values. */
export function settingsInEffect(): SettingInfo[] {
  return settings.map(({ id: name, secret }) => {
    const found = vscode.workspace.getConfiguration().inspect(name);
    const value = found?.globalValue;
    const isSet = value !== undefined;
    const ignored = found?.workspaceValue !== undefined || found?.workspaceFolderValue !== undefined;
    return {
      name,
      isSet,
      ...(isSet && !secret && { value: JSON.stringify(value) }),
      origin: `${isSet ? "user" : "default"}${ignored ? " (workspace value ignored)" : ""}`,
    };
  });
}
