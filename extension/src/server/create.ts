import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { readServerPath, readSettings } from "../settings.js";
import type { Memory } from "../state/memory.js";
import { locateServer } from "./location.js";
import { thisMachine } from "./machine.js";
import { RestartPolicy } from "./restartPolicy.js";
import { Server } from "./server.js";
import { initializationOptions } from "./settings.js";

/** The server of this window, not started yet. */
export function createServer(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  memory: Memory,
): Server {
  return new Server({
    async createClient(hooks) {
      const choice = { setting: readServerPath(), extensionPath: context.extensionPath };
      const program = await locateServer(choice, thisMachine);
      log.info(`Starting ${[program.command, ...program.args].join(" ")}`);
      // The second bundle: vscode-languageclient is read when it is first needed, not when VS Code starts.
      const { createClient } = await import("../client/main.js");
      return createClient(program, hooks, log);
    },
    initializationOptions: () =>
      initializationOptions(readSettings(), {
        vscodeVersion: vscode.version,
        storagePath: context.globalStorageUri.fsPath,
        sandbox: memory.sandbox,
      }),
    policy: new RestartPolicy(),
    now: () => performance.now(),
    delay: (milliseconds, signal) => delay(milliseconds, undefined, { signal, ref: false }),
    log: (message) => log.warn(message),
  });
}
