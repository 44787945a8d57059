import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { EventRecord } from "./log/eventRecord.js";
import type { SecretMask } from "./log/secretMask.js";
import type { Program } from "./server/client.js";
import { RestartPolicy } from "./server/restartPolicy.js";
import { Server } from "./server/server.js";
import { initializationOptions, proxySecrets } from "./server/settings.js";
import { readServerPath, readSettings } from "./settings.js";
import type { Memory } from "./state/memory.js";

/** What {@link createServer} needs. */
export interface ServerDependencies {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly memory: Memory;
  readonly mask: SecretMask;
  readonly record: EventRecord;
}

/** Finds the server's program. */
export async function findProgram({ extensionPath }: vscode.ExtensionContext): Promise<Program> {
  const { locateServer, thisMachine } = await import("./lazyServer.js");
  return locateServer({ setting: readServerPath(), extensionPath }, thisMachine);
}

/** Creates the server of this window without starting it. */
export function createServer({ context, log, memory, mask, record }: ServerDependencies): Server {
  const server = new Server({
    async createClient(hooks) {
      // Loaded when it's first needed instead of when VS Code starts.
      const { recorded, ServerProcess } = await import("./lazyServer.js");
      const program = await findProgram(context);
      log.info(`Starting ${[program.command, ...program.args].join(" ")}`);
      const [process, { createClient }] = await Promise.all([
        ServerProcess.start(program),
        import("./lazyClient.js"),
      ]);
      return recorded(createClient(program, process, hooks, log), record, () => performance.now());
    },
    initializationOptions() {
      const settings = readSettings();
      for (const secret of proxySecrets(settings)) mask.add(secret);
      return initializationOptions(settings, {
        vscodeVersion: vscode.version,
        storagePath: context.globalStorageUri.fsPath,
        sandbox: memory.sandbox,
      });
    },
    policy: new RestartPolicy(),
    now: () => performance.now(),
    delay: (milliseconds, signal) => delay(milliseconds, undefined, { signal, ref: false }),
    log: (message) => log.warn(message),
  });
  server.onState.listen((state) => record.add("state", `server: ${state}`));
  server.onEnvironmentChanged.listen(({ environmentId, environment, problem }) =>
    record.add(
      "state",
      `${environmentId}: ${environment?.state ?? "not described"}, ${problem?.status ?? "confirmed"}`,
    ),
  );
  return server;
}
