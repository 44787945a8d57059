import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EventRecord } from "../../log/eventRecord.js";
import { MaskedLog } from "../../log/maskedLog.js";
import type { SecretMask } from "../../log/secretMask.js";

/** Creates the log channel. */
export function createLog(mask: SecretMask, record: EventRecord): MaskedLog {
  return new MaskedLog(vscode.window.createOutputChannel("Companion", { log: true }), mask, record);
}

export async function showLog({ log }: App): Promise<void> {
  log.show();
}
