/** States in which the gateway takes no connect. */
const noConnect = ["CREATING", "CONNECTING", "RECONNECTING", "DISCONNECTING", "DELETING"];

/** States in which there is nothing to disconnect. One that is still connecting may yet be given up. */
const noDisconnect = ["CREATING", "DISCONNECTED", "DISCONNECTING", "DELETING"];

/** True where an environment in this state may be connected, or connected anew; a state that nobody knows forbids nothing. */
export function canConnect(state: string): boolean {
  return !noConnect.includes(state);
}

/** True where an environment in this state may be disconnected; a state that nobody knows forbids nothing. */
export function canDisconnect(state: string): boolean {
  return !noDisconnect.includes(state);
}
