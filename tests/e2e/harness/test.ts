import { test as base } from "vitest";
import type { CodeServerOptions } from "./codeServer.ts";
import { machine } from "./machine.ts";
import { Artefacts } from "./screenshots.ts";
import { VSCode } from "./vscode.ts";

// If the test runner is killed, end this worker too, together with VS Code and the browser.
process.once("disconnect", () => process.exit(1));

/** Starts VS Code with its workspace folder open in a window. It ends with the test. */
export type StartVSCode = (options?: CodeServerOptions) => Promise<VSCode>;

/**
 * vitest's `test` with `startVSCode`, for tests in a real VS Code. They're skipped if code-server or Chromium is
 * missing. A failed test saves screenshots and logs. A test fails if an extension leaves processes behind.
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
    const failed = task.result?.state === "fail";
    if (failed) for (const vscode of started) await vscode.saveEvidence();
    const ends = await Promise.allSettled(started.map((vscode) => vscode.end({ failed })));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  },
});
