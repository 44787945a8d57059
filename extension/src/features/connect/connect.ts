import type { App } from "../../app.js";
import { isBusy } from "../../state/confirmedState.js";
import { hasTimeLeft } from "../../state/roomWaits.js";
import { isGone, type Selection } from "../../state/view.js";
import { checkDefaultEnd } from "../lease/defaultEnd.js";
import { planAndConnect } from "./planAndConnect.js";
import { askForTarget } from "./questions.js";

/**
 * Connects an environment, by default the workspace's, the same way as last time. Asks for the details the first time,
 * and for confirmation if there's a risk.
 */
export async function connect(app: App, environment = app.store.view.selection): Promise<void> {
  checkDefaultEnd();
  const view = environment && app.environments.viewOf(environment);
  const last = environment && !(view && isGone(view)) ? app.memory.lastConnection(environment) : undefined;
  if (!environment || !last) return choose(app, environment);
  if ((await planAndConnect(app, environment, last, last.end)) === "choose") await choose(app, environment);
}

/** Always asks how to connect. */
export async function connectTo(app: App, environment = app.store.view.selection): Promise<void> {
  checkDefaultEnd();
  await choose(app, environment);
}

/** Waits for room again after the wait was stopped, until the time that the user chose then. */
export async function resumeWaiting(app: App, environment = app.store.view.selection): Promise<void> {
  const wait = environment && app.roomWaits.find(environment, app.memory.sandbox);
  if (!wait || !hasTimeLeft(wait, Date.now())) return;
  const { connection, end } = wait;
  if ((await planAndConnect(app, wait.environment, connection, end, wait)) === "choose")
    await choose(app, wait.environment);
}

async function choose(app: App, environment: Selection | undefined): Promise<void> {
  const view = environment && app.environments.viewOf(environment);
  // If the environment is gone or can't be connected now, ask for another one.
  let chosen = view && (isGone(view) || isBusy(view, Date.now())) ? undefined : environment;
  for (;;) {
    const target = await askForTarget(app, chosen);
    if (!target) return;
    const { environment, connection, end } = target;
    if ((await planAndConnect(app, environment, connection, end)) !== "choose") return;
    chosen = environment;
  }
}
