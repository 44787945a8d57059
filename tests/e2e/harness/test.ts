import { test as base } from "vitest";
import type { CodeServerOptions } from "./codeServer.ts";
import { machine } from "./machine.ts";
import { Artefacts } from "./screenshots.ts";
import { VSCode } from "./vscode.ts";

// When the test runner is killed, this worker would go on without it: it ends, and takes VS Code and the browser with it.
process.once("disconnect", () => process.exit(1));

/** Starts a VS Code with its workspace folder open in a window. It ends with the test. */
export type StartVSCode = (options?: CodeServerOptions) => Promise<VSCode>;

/**
 * A test in a real VS Code: vitest's `test` with `startVSCode`. Where the machine has no code-server or no Chromium it is
 * skipped. A test that fails leaves pictures and logs beside its screenshots; one whose extension leaves processes behind
 * fails.
 */
export const test = base.extend<{ startVSCode: StartVSCode }>({
  startVSCode: async ({ task, skip }, use) => {
    if (machine === null) return skip("no code-server or no Chromium");
    const found = machine;
    const artefacts = await Artefacts.create(task.name);
    const started: VSCode[] = [];
    await use(async (options) => {
      const vscode = await VSCode.start(found, artefacts, options);
      started.push(vscode);
      return vscode;
    });
    if (task.result?.state === "fail") for (const vscode of started) await vscode.saveEvidence();
    const ends = await Promise.allSettled(started.map((vscode) => vscode.stop()));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  },
});
