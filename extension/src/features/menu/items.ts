import * as l10n from "@vscode/l10n";
import { availability } from "../../state/availability.js";
import type { LastConnection } from "../../state/memory.js";
import { isSignedOut, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { planText } from "../connect/plan.js";

export interface MenuItem {
  readonly command: string;
  readonly icon: string;
  readonly label: string;
  readonly description?: string | undefined;
}

/**
 * Returns the items of the status bar's menu, starting with the most likely ones.
 * @param last how the workspace's environment was last connected
 * @param now wall clock time in milliseconds
 */
export function menuItems(view: View, last: LastConnection | undefined, now: number): MenuItem[] {
  const can = availability(view, now);
  const when = (possible: boolean, ...items: MenuItem[]) => (possible ? items : []);
  const { signIn, restart, diagnose, log, sandbox, getStarted } = always(view);
  const welcome = when(!view.selection, getStarted);
  if (view.server === "failed") return [restart, log, sandbox];
  const restarts = when(can.restartServer, restart);
  if (isSignedOut(view)) return [signIn, sandbox, ...welcome, diagnose, ...restarts, log];

  const { connect, connectTo, disconnect, refresh, select, signOut, switchAccount } = whenSignedIn(
    view,
    last,
  );
  const connects = [
    ...when(can.connect, connect),
    ...when(!can.connect || last !== undefined, connectTo), // otherwise, it would do the same as Connect
  ];
  const disconnects = when(can.disconnect && view.selection !== undefined, disconnect);
  return [
    ...(view.environment?.state === "CONNECTED"
      ? [...disconnects, ...connects]
      : [...connects, ...disconnects]),
    ...when(can.refresh, refresh),
    select,
    sandbox,
    ...welcome,
    ...when(!view.sandbox, signIn),
    ...when(can.switchAccount && Boolean(view.account), switchAccount),
    ...when(can.signOut && Boolean(view.account), signOut),
    diagnose,
    ...restarts,
    log,
  ];
}

function always(view: View) {
  return {
    signIn: { command: "companion.signIn", icon: "key", label: l10n.t("Sign In…") },
    restart: {
      command: "companion.restartServer",
      icon: "debug-restart",
      label: l10n.t("Restart Server"),
    },
    diagnose: { command: "companion.diagnose", icon: "pulse", label: l10n.t("Diagnose") },
    log: { command: "companion.showLog", icon: "output", label: l10n.t("Show Log") },
    getStarted: {
      command: "companion.getStarted",
      icon: "mortar-board",
      label: l10n.t("Get Started"),
      description: l10n.t("connect an environment in the sandbox, step by step"),
    },
    sandbox: view.sandbox
      ? { command: "companion.leaveSandbox", icon: "sign-out", label: l10n.t("Leave the Sandbox") }
      : {
          command: "companion.trySandbox",
          icon: "beaker",
          label: l10n.t("Try the Sandbox"),
          description: l10n.t("nothing in it is real, and nothing costs money"),
        },
  };
}

function whenSignedIn(view: View, last: LastConnection | undefined) {
  const name = view.selection && singleLine(nameOf(view.selection));
  return {
    connect: {
      command: "companion.connect",
      icon: "vm-connect",
      // without a last connection, it asks
      label: last ? l10n.t("Connect") : l10n.t("Connect…"),
      description: last && view.selection ? planText(view.selection, last) : name,
    },
    connectTo: {
      command: "companion.connectTo",
      icon: "list-ordered",
      label: l10n.t("Connect To…"),
      description: l10n.t("choose another node pool, number of ranks, or environment"),
    },
    disconnect: {
      command: "companion.disconnect",
      icon: "debug-disconnect",
      label: l10n.t("Disconnect…"),
      description: name,
    },
    refresh: { command: "companion.refresh", icon: "refresh", label: l10n.t("Refresh"), description: name },
    select: {
      command: "companion.selectEnvironment",
      icon: "list-selection",
      label: l10n.t("Select Environment…"),
    },
    switchAccount: {
      command: "companion.switchAccount",
      icon: "arrow-swap",
      label: l10n.t("Switch Account…"),
      description: view.account?.accountId,
    },
    signOut: {
      command: "companion.signOut",
      icon: "sign-out",
      label: l10n.t("Sign Out"),
      description: view.account?.accountId,
    },
  };
}
