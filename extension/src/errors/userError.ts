/** What a message may offer. Each is a button with a name of its own. */
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

/** An error whose message is meant for a person, with what they can do about it. */
export class UserError extends Error {
  readonly actions: readonly Action[];

  constructor(message: string, actions: readonly Action[]) {
    super(message);
    this.name = "UserError";
    this.actions = actions;
  }
}
