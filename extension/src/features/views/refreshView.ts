import type { App } from "../../app.js";

/** Lists what the visible views show again. The views show the progress and any error. */
export async function refreshView(app: App): Promise<void> {
  app.refreshViews.fire();
}
