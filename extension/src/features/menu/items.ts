import * as l10n from "@vscode/l10n";
import { type CommandName, commands, isAvailable } from "../../commands/commands.js";
import type { LastConnection } from "../../state/memory.js";
import { isSignedOut, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { connectText } from "../connect/connectionText.js";

export interface MenuItem {
  readonly command: CommandName;
  readonly icon: string;
  readonly label: string;
  readonly description?: string | undefined;
}

export interface Menu {
  readonly items: readonly MenuItem[];
  /** Account, usage, sandbox, and troubleshooting, behind *More…*. */
  readonly more: readonly MenuItem[];
}

/**
 * Returns the status bar's menu. Its items start with the most likely ones.
 * @param last how the workspace's environment was last connected
 * @param now wall clock time in milliseconds
 */
export function menuOf(view: View, last: LastConnection | undefined, now: number): Menu {
  const can = (command: CommandName) => isAvailable(command, view, now);
  const toItem = (command: CommandName): MenuItem => {
    const { icon, title } = commands[command];
    return {
      command,
      icon,
      label: special(command, view, last) ?? title(),
      description: describe(command, view, last),
    };
  };
  const items = firstCommands(view, last, can);
  const more =
    view.server === "failed"
      ? []
      : housekeeping.filter(
          (command) => offersMore(command, view) && can(command) && !items.includes(command),
        );
  return { items: items.map(toItem), more: more.map(toItem) };
}

/** A label that says more than the command's title, or nothing. */
function special(command: CommandName, view: View, last: LastConnection | undefined): string | undefined {
  if (command === "connect" && !last) return l10n.t("Connect…"); // without a last connection, it asks
  if (command === "showLastFailure" && view.failedChange)
    return l10n.t("Last change failed: {0}", singleLine(view.failedChange.message));
  return undefined;
}

type Can = (command: CommandName) => boolean;

/** The commands for what can be done now. */
function firstCommands(view: View, last: LastConnection | undefined, can: Can): CommandName[] {
  const when = (possible: boolean, ...commands: CommandName[]) => (possible ? commands : []);
  const sandbox = view.sandbox ? "leaveSandbox" : "trySandbox";
  const welcome = when(!view.selection, "getStarted");
  if (view.server === "failed") return ["restartServer", "showLog", sandbox];
  if (isSignedOut(view)) return ["signIn", sandbox, ...welcome];

  const connects = [
    ...when(can("connect"), "connect"),
    ...when(!can("connect") || last !== undefined, "connectTo"), // otherwise, it would do the same as Connect
  ];
  const disconnects = when(can("disconnect") && view.selection !== undefined, "disconnect");
  const isConnected = view.environment?.state === "CONNECTED";
  return [
    ...when(can("showLastFailure"), "showLastFailure"),
    ...when(can("keepConnected"), "keepConnected"),
    ...when(can("disconnectWhenConnected"), "disconnectWhenConnected"),
    ...when(can("stopWaiting"), "stopWaiting"),
    ...when(can("resumeWaiting"), "resumeWaiting"),
    ...(isConnected ? [...disconnects, ...connects] : [...connects, ...disconnects]),
    ...when(isConnected && can("setEnd"), "setEnd"),
    ...when(can("refresh"), "refresh"),
    "selectEnvironment",
    ...when(view.sandbox || !view.selection, sandbox),
    ...welcome,
  ];
}

const housekeeping: readonly CommandName[] = [
  "trySandbox",
  "signIn",
  "switchAccount",
  "signOut",
  "showUsage",
  "diagnose",
  "restartServer",
  "showLog",
];

function offersMore(command: CommandName, view: View): boolean {
  switch (command) {
    case "signIn":
      return !view.sandbox;
    case "switchAccount":
    case "signOut":
      return Boolean(view.account);
    case "showUsage":
      return !isSignedOut(view);
    default:
      return true;
  }
}

function describe(command: CommandName, view: View, last: LastConnection | undefined): string | undefined {
  const name = view.selection && singleLine(nameOf(view.selection));
  switch (command) {
    case "connect":
      return last && view.selection ? connectText(view.selection, last, last.end) : name;
    case "connectTo":
      return l10n.t("choose another node pool, number of ranks, or environment");
    case "disconnect":
    case "disconnectWhenConnected":
    case "keepConnected":
    case "stopWaiting":
    case "setEnd":
    case "refresh":
      return name;
    case "resumeWaiting":
      return (
        view.roomWait && connectText(view.roomWait.environment, view.roomWait.connection, view.roomWait.end)
      );
    case "switchAccount":
    case "signOut":
      return view.account?.accountId;
    case "trySandbox":
      return l10n.t("nothing in it is real, and nothing costs money");
    case "getStarted":
      return l10n.t("connect an environment in the sandbox, step by step");
    default:
      return undefined;
  }
}
