import * as l10n from "@vscode/l10n";
import { confirmedState } from "../state/confirmedState.js";
import { hasTimeLeft } from "../state/roomWaits.js";
import { canConnect, canDisconnect, isConnecting } from "../state/transitions.js";
import { isGone, isSignedOut, type View } from "../state/view.js";

/** What the menu, the tooltip, buttons, and the context keys need to know about a command. The manifest is checked against it. */
interface Command {
  title(): string;
  /** The name of a codicon. */
  readonly icon: string;
  /**
   * Whether the command is available. By default, it always is. Only a confirmed state can disable a command that changes it.
   * @param now wall clock time in milliseconds
   */
  available?(view: View, now: number): boolean;
  /** The command that this one replaces while it's disabled: this one has its title, and says why it's disabled. */
  readonly insteadOf?: "connect";
  /** Whether the rows of environments offer the command. It must accept an environment. */
  readonly onRow?: true;
  /** Whether the user must be signed in, or in the sandbox. If not, the command first asks for that. */
  readonly needsAccount?: true;
  /** Whether it starts with a picker, which is then shown while the server starts. By default, it doesn't. */
  startsWithPicker?(view: View): boolean;
  /** Whether the tooltip links to the command if the menu offers it. By default, it doesn't. */
  linked?(view: View): boolean;
}

const always = () => true;
const withoutEnvironment = (view: View) => !view.selection;

/** Whether there might be a connection to end, now or later. */
function mayBeConnected(view: View, now: number): boolean {
  const state = confirmedState(view, now);
  return !isGone(view) && (state === undefined || canDisconnect(state));
}

/** The commands in the Command Palette. */
const table = {
  connect: {
    title: () => l10n.t("Connect"),
    icon: "vm-connect",
    onRow: true,
    needsAccount: true,
    startsWithPicker: withoutEnvironment,
    available: (view, now) => {
      const state = confirmedState(view, now);
      return state === undefined || (canConnect(state) && state !== "CONNECTED"); // connecting the same way again would change nothing
    },
    linked: always,
  },
  connectDisabled: {
    title: () => l10n.t("Connect"), // if nothing had this title, the palette would highlight Choose Node Pool… for it
    icon: "vm-connect",
    needsAccount: true,
    insteadOf: "connect",
  },
  connectTo: {
    title: () => l10n.t("Choose Node Pool…"),
    icon: "list-ordered",
    onRow: true,
    needsAccount: true,
    startsWithPicker: always,
    linked: always,
  },
  disconnect: {
    title: () => l10n.t("Disconnect…"),
    icon: "debug-disconnect",
    onRow: true,
    needsAccount: true,
    startsWithPicker: withoutEnvironment,
    available: mayBeConnected,
    linked: always,
  },
  disconnectWhenConnected: {
    title: () => l10n.t("Disconnect When Connected"),
    icon: "debug-disconnect",
    needsAccount: true,
    available: (view, now) => isConnecting(confirmedState(view, now)) && !view.plannedDisconnect,
    linked: always,
  },
  keepConnected: {
    title: () => l10n.t("Keep Connected"),
    icon: "circle-slash",
    available: ({ plannedDisconnect }) => plannedDisconnect !== undefined,
    linked: always,
  },
  stopWaiting: {
    title: () => l10n.t("Stop Waiting for Room"),
    icon: "circle-slash",
    available: ({ roomWait }) => roomWait?.isStopped === false,
    linked: always,
  },
  resumeWaiting: {
    title: () => l10n.t("Resume Waiting for Room"),
    icon: "watch",
    needsAccount: true,
    available: ({ roomWait }, now) => roomWait?.isStopped === true && hasTimeLeft(roomWait, now),
    linked: always,
  },
  setEnd: {
    title: () => l10n.t("Set End…"),
    icon: "watch",
    onRow: true,
    needsAccount: true,
    available: (view, now) => view.selection !== undefined && mayBeConnected(view, now),
    linked: always,
  },
  selectEnvironment: {
    title: () => l10n.t("Select Environment…"),
    icon: "list-selection",
    needsAccount: true,
    startsWithPicker: always,
    linked: withoutEnvironment,
  },
  refresh: {
    title: () => l10n.t("Refresh"),
    icon: "refresh",
    needsAccount: true,
    startsWithPicker: withoutEnvironment,
    available: ({ selection }) => selection !== undefined,
    linked: always,
  },
  refreshView: {
    title: () => l10n.t("Refresh View"),
    icon: "refresh",
    needsAccount: true,
  },
  copyId: {
    title: () => l10n.t("Copy ID"),
    icon: "copy",
    onRow: true,
    available: ({ selection }) => selection !== undefined,
  },
  showUsage: {
    title: () => l10n.t("Show Usage"),
    icon: "graph",
    needsAccount: true,
  },
  addToTerminals: {
    title: () => l10n.t("Add Command to Terminals"),
    icon: "terminal",
  },
  signIn: {
    title: () => l10n.t("Sign In…"),
    icon: "key",
    linked: isSignedOut,
  },
  signOut: {
    title: () => l10n.t("Sign Out"),
    icon: "sign-out",
    available: ({ sandbox, account }) => !sandbox && account !== null,
  },
  switchAccount: {
    title: () => l10n.t("Switch Account…"),
    icon: "arrow-swap",
    available: ({ sandbox }) => !sandbox,
  },
  trySandbox: {
    title: () => l10n.t("Try the Sandbox"),
    icon: "beaker",
    available: ({ sandbox }) => !sandbox,
    linked: withoutEnvironment,
  },
  leaveSandbox: {
    title: () => l10n.t("Leave the Sandbox"),
    icon: "sign-out",
    available: ({ sandbox }) => sandbox,
    linked: always,
  },
  getStarted: {
    title: () => l10n.t("Get Started"),
    icon: "mortar-board",
    linked: always,
  },
  showLastFailure: {
    title: () => l10n.t("Show Last Failure"),
    icon: "warning",
    available: ({ failedChange }) => failedChange !== undefined,
    linked: always,
  },
  showMenu: {
    title: () => l10n.t("Show Menu"),
    icon: "menu",
  },
  restartServer: {
    title: () => l10n.t("Restart Server"),
    icon: "debug-restart",
    available: ({ server }) => server !== "stopped",
    linked: ({ server }) => server === "failed",
  },
  showLog: {
    title: () => l10n.t("Show Log"),
    icon: "output",
    linked: always,
  },
  diagnose: {
    title: () => l10n.t("Diagnose"),
    icon: "pulse",
  },
  saveReport: {
    title: () => l10n.t("Save Report…"),
    icon: "save",
  },
} satisfies Record<string, Command>;

export type CommandName = keyof typeof table;

export const commands: Readonly<Record<CommandName, Command>> = table;

export const commandNames = Object.keys(table) as readonly CommandName[];

/** The ID for VS Code. */
export function idOf(name: CommandName): string {
  return `companion.${name}`;
}

/** The condition that enables a command, if it has one. A row decides on its own which commands it offers. */
export function enablementOf(name: CommandName): string | undefined {
  const { available, insteadOf, onRow } = commands[name];
  if (insteadOf) return `companion.unavailable.${insteadOf}`;
  const condition = available && `!companion.unavailable.${name}`;
  return condition && onRow ? `${condition} || view == companion.environments` : condition;
}

/**
 * Whether a command is available.
 * @param now wall clock time in milliseconds
 */
export function isAvailable(name: CommandName, view: View, now: number): boolean {
  const { available, insteadOf } = commands[name];
  return insteadOf ? !isAvailable(insteadOf, view, now) : (available?.(view, now) ?? true);
}
