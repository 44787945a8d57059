/** An action that a notification can offer as a button. */
export type Action =
  | "connect"
  | "connectTo"
  | "signIn"
  | "switchAccount"
  | "trySandbox"
  | "leaveSandbox"
  | "reloadWindow"
  | "tryAgain"
  | "chooseNodePool"
  | "rebuildSnapshots"
  | "forceDisconnect"
  | "refresh"
  | "selectEnvironment"
  | "restartServer"
  | "openSettings"
  | "openProxySettings"
  | "getDotnet"
  | "diagnose"
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
