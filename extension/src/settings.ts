import * as vscode from "vscode";
import { type Settings, serverSettings } from "./server/settings.js";

/**
 * Reads the user settings. Workspace settings are ignored regardless of their scope, because a workspace must not
 * decide where a key goes.
 */
export function readSettings(): Settings {
  const values = Object.entries(serverSettings).map(([name, { id, unset }]) => [
    name,
    own<unknown>(id, unset),
  ]);
  return Object.fromEntries(values) as Settings;
}

/** The `companion.server.path` setting. Empty if it isn't set. */
export function readServerPath(): string {
  return own("companion.server.path", "");
}

export const defaultEndSetting = "companion.defaultEnd";

/** The end of connections for which the user hasn't chosen one, not validated. Empty for none. */
export function readDefaultEnd(): string {
  const value = own<unknown>(defaultEndSetting, "");
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** After how many minutes without activity to remind of a connection. 0 for never. */
export function idleMinutes(): number {
  const value = own<unknown>("companion.remindWhenIdle", 0);
  return typeof value === "number" && value > 0 ? value : 0;
}

export const ratesSetting = "companion.rates";
export const currencySetting = "companion.currency";

/** What an hour of a GPU or of another rank costs, not validated. */
export function readRates(): unknown {
  return own<unknown>(ratesSetting, {});
}

/** The currency of the rates, not validated. */
export function readCurrency(): unknown {
  return own<unknown>(currencySetting, "USD");
}

/** By how many hours the end of a connection is extended at most while work is running. 0 for never. */
export function extendWhileBusyHours(): number {
  const value = own<unknown>("companion.lease.extendWhileBusy", 0);
  return typeof value === "number" && value > 0 ? Math.min(value, 168) : 0;
}

/** What to run after a change, not validated. */
export function readFollowUp(name: "companion.onConnected" | "companion.onDisconnected"): unknown {
  return own<unknown>(name, undefined);
}

function own<T>(name: string, otherwise: T): T {
  const value = vscode.workspace.getConfiguration().inspect<T>(name)?.globalValue ?? otherwise;
  return typeof value === "string" ? (value.trim() as T) : value;
}
