import type { App } from "../../app.js";
import { isBusy } from "../../state/confirmedState.js";
import { isGone, type Selection } from "../../state/view.js";
import { planAndConnect } from "./planAndConnect.js";
import { askForTarget } from "./questions.js";

/**
 * Connects the workspace's environment the same way as last time. Asks for the details the first time, and for
 * confirmation if there's a risk.
 */
export async function connect(app: App): Promise<void> {
  const { selection } = app.store.view;
  const last = selection && !isGone(app.store.view) ? app.memory.lastConnection(selection) : undefined;
  if (!selection || !last) return choose(app, selection);
  if ((await planAndConnect(app, selection, last)) === "choose") await choose(app, selection);
}

/** Always asks how to connect. */
export async function connectTo(app: App): Promise<void> {
  await choose(app, app.store.view.selection);
}

async function choose(app: App, selection: Selection | undefined): Promise<void> {
  // If the environment is gone or can't be connected now, ask for another one.
  let chosen = isGone(app.store.view) || isBusy(app.store.view, Date.now()) ? undefined : selection;
  for (;;) {
    const target = await askForTarget(app, chosen);
    if (!target) return;
    const { environment, connection } = target;
    if ((await planAndConnect(app, environment, connection)) !== "choose") return;
    chosen = environment;
  }
}
