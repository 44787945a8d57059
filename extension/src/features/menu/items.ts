import * as l10n from "@vscode/l10n";
import { isSignedOut, nameOf, type View } from "../../state/view.js";
import { plain } from "../../util/text.js";

export interface MenuItem {
  readonly command: string;
  readonly icon: string;
  readonly label: string;
  readonly description?: string | undefined;
}

/** What the status bar's click offers, the likeliest first. */
export function menuItems(view: View): MenuItem[] {
  const name = view.selection && plain(nameOf(view.selection));
  const signIn: MenuItem = { command: "companion.signIn", icon: "key", label: l10n.t("Sign In…") };
  const restart: MenuItem = {
    command: "companion.restartServer",
    icon: "debug-restart",
    label: l10n.t("Restart Server"),
  };
  const log: MenuItem = { command: "companion.showLog", icon: "output", label: l10n.t("Show Log") };
  const sandbox: MenuItem = view.sandbox
    ? { command: "companion.leaveSandbox", icon: "sign-out", label: l10n.t("Leave the Sandbox") }
    : {
        command: "companion.trySandbox",
        icon: "beaker",
        label: l10n.t("Try the Sandbox"),
        description: l10n.t("nothing in it is real, and nothing costs money"),
      };
  if (view.server === "failed") return [restart, log, sandbox];
  if (isSignedOut(view)) return [signIn, sandbox, restart, log];

  const connect: MenuItem = {
    command: "companion.connect",
    icon: "vm-connect",
    label: l10n.t("Connect…"),
    description: name,
  };
  const disconnect: MenuItem = {
    command: "companion.disconnect",
    icon: "debug-disconnect",
    label: l10n.t("Disconnect…"),
    description: name,
  };
  const refresh: MenuItem = {
    command: "companion.refresh",
    icon: "refresh",
    label: l10n.t("Refresh"),
    description: name,
  };
  const select: MenuItem = {
    command: "companion.selectEnvironment",
    icon: "list-selection",
    label: l10n.t("Select Environment…"),
  };
  const signOut: MenuItem = {
    command: "companion.signOut",
    icon: "sign-out",
    label: l10n.t("Sign Out"),
    description: view.account?.accountId,
  };

  const state = view.environment?.state;
  const changes = !view.selection
    ? [connect]
    : state === "CONNECTED"
      ? [disconnect, connect]
      : [connect, disconnect];
  const account = view.sandbox ? [] : view.account ? [signIn, signOut] : [signIn];
  return [...changes, ...(view.selection ? [refresh] : []), select, sandbox, ...account, restart, log];
}
