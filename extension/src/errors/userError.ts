import type { ErrorData } from "../protocol.g.js";

/** An action that a notification can offer as a button. The server offers some of them. */
export type Action =
  | ErrorData["actions"][number]
  | "connect"
  | "connectTo"
  | "disconnect"
  | "disconnectWhenConnected"
  | "keepConnected"
  | "resumeWaiting"
  | "setEnd"
  | "extend"
  | "clearEnd"
  | "openFile"
  | "switchAccount"
  | "trySandbox"
  | "leaveSandbox"
  | "reloadWindow"
  | "restartServer"
  | "getDotnet"
  | "showLog";

/** An error with a message for the user, and the actions to offer. */
export class UserError extends Error {
  readonly actions: readonly Action[];

  constructor(message: string, actions: readonly Action[]) {
    super(message);
    this.name = "UserError";
    this.actions = actions;
  }
}
