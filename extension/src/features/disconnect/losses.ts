import * as l10n from "@vscode/l10n";
import { singleLine } from "../../util/text.js";

/** What the user might lose from this window, by name. */
export interface Losses {
  /** Unsaved editors of any kind. */
  readonly unsaved: readonly string[];
  /** Running tasks. */
  readonly tasks: readonly string[];
  readonly debugSessions: readonly string[];
  /** Open notebooks, because the memory of their kernels isn't saved. */
  readonly notebooks: readonly Notebook[];
  /** Open terminals. VS Code doesn't report whether something is running in them. */
  readonly terminals: readonly string[];
}

export interface Notebook {
  readonly name: string;
  /** Whether a cell is running. */
  readonly isRunning: boolean;
}

/** A notebook cell. Kernels set the execution order when they start a cell, and success when they finish it. */
interface Cell {
  readonly executionSummary?:
    | { readonly executionOrder?: number | undefined; readonly success?: boolean | undefined }
    | undefined;
}

/** Whether a kernel has started a cell and hasn't finished it. */
export function isExecuting({ executionSummary }: Cell): boolean {
  // kernels can also report null
  return (
    typeof executionSummary?.executionOrder === "number" && typeof executionSummary.success !== "boolean"
  );
}

/** The maximum number of names to list for each kind. */
const maxNames = 5;

export function hasNoLosses(losses: Losses): boolean {
  return Object.values(losses).every((kind: readonly unknown[]) => kind.length === 0);
}

/** Returns one line for each kind of loss. */
export function lossLines({ unsaved, tasks, debugSessions, notebooks, terminals }: Losses): string[] {
  const notebookNames = notebooks.map(({ name, isRunning }) =>
    isRunning ? l10n.t("{0} (a cell is running)", singleLine(name)) : singleLine(name),
  );
  const lines: [readonly string[], (names: string) => string][] = [
    [unsaved, (names) => l10n.t("Unsaved editors: {0}", names)],
    [tasks, (names) => l10n.t("Running tasks: {0}", names)],
    [debugSessions, (names) => l10n.t("Debug sessions: {0}", names)],
    [notebookNames, (names) => l10n.t("Open notebooks: {0}", names)],
    [terminals, (names) => l10n.t("Open terminals: {0}", names)],
  ];
  return lines.filter(([names]) => names.length > 0).map(([names, line]) => line(list(names)));
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, maxNames).map((name) => singleLine(name));
  const more = names.length - shown.length;
  return more > 0 ? l10n.t("{0} and {1} more", shown.join(", "), more) : shown.join(", ");
}
