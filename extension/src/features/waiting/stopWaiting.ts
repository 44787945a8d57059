import type { App } from "../../app.js";

/** Stops waiting for room for the workspace's environment. */
export async function stopWaiting({ store, roomWaits }: App): Promise<void> {
  const { roomWait } = store.view;
  if (roomWait) roomWaits.onStop.fire(roomWait.id);
}
