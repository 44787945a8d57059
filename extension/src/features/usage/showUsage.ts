import type { App } from "../../app.js";
import { UsagePanel } from "./usagePanel.js";

let panel: UsagePanel | undefined;

/** Shows how long environments were connected. There's one page, which is shown again if it's open. */
export async function showUsage(app: App): Promise<void> {
  panel ??= new UsagePanel(app, () => {
    panel = undefined;
  });
  panel.reveal();
  await panel.refresh();
}
