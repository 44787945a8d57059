import type { EnvironmentInfo } from "../protocol.g.js";

/** States in which an environment can't be connected. */
const noConnect = ["CREATING", "CONNECTING", "RECONNECTING", "DISCONNECTING", "DELETING"];

/** States in which an environment can't be disconnected. The gateway rejects it until a connect has settled. */
const noDisconnect = ["CREATING", "DISCONNECTED", "CONNECTING", "DISCONNECTING", "RECONNECTING", "DELETING"];

/** Whether an environment in this state is being connected or reconnected. */
export function isConnecting(state: string | undefined): boolean {
  return state === "CONNECTING" || state === "RECONNECTING";
}

/** Whether an environment in this state is being connected, reconnected, or disconnected. */
export function isChanging(state: string): boolean {
  return isConnecting(state) || state === "DISCONNECTING";
}

/** Whether the gateway reports that the environment's last change failed. */
export function hasFailed({ status }: Pick<EnvironmentInfo, "status">): boolean {
  return status !== undefined && status.code !== "OK";
}

/** Whether an environment in this state can be connected or reconnected. Unknown states allow it. */
export function canConnect(state: string): boolean {
  return !noConnect.includes(state);
}

/** Whether an environment in this state can be disconnected. Unknown states allow it. */
export function canDisconnect(state: string): boolean {
  return !noDisconnect.includes(state);
}
