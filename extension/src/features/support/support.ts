import type { App } from "../../app.js";

// The third bundle: read when something has failed, not when VS Code starts.

/** Walks the chain from this machine to the node pool, and shows each step. */
export async function diagnose(app: App): Promise<void> {
  await (await import("../../support/main.js")).diagnose(app);
}

/** Saves what explains a failure, after showing what that is. */
export async function saveReport(app: App): Promise<void> {
  await (await import("../../support/main.js")).saveReport(app);
}
