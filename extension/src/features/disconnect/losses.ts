import * as l10n from "@vscode/l10n";
import { singleLine } from "../../util/text.js";

/** What of this window would, or may, be gone with the machine; each by its name. */
export interface Losses {
  /** Editors of every kind with changes that are not saved. */
  readonly unsaved: readonly string[];
  /** Tasks that run. */
  readonly tasks: readonly string[];
  readonly debugSessions: readonly string[];
  /** Notebooks that are open: what their kernels have in memory is in no file. */
  readonly notebooks: readonly Notebook[];
  /** Terminals that are open. Whether something runs in one, VS Code does not say. */
  readonly terminals: readonly string[];
}

export interface Notebook {
  readonly name: string;
  /** True where a cell is known to be executed. */
  readonly isRunning: boolean;
}

/** A cell as VS Code describes it: a kernel that has begun with it gives it a number, and says at its end how it went. */
interface Cell {
  readonly executionSummary?:
    | { readonly executionOrder?: number | undefined; readonly success?: boolean | undefined }
    | undefined;
}

/** True where a kernel has begun with a cell, and has not said how it ended. */
export function isExecuting({ executionSummary }: Cell): boolean {
  // Not by undefined: what comes from a kernel may be null, too.
  return (
    typeof executionSummary?.executionOrder === "number" && typeof executionSummary.success !== "boolean"
  );
}

/** How many names of one kind are listed. */
const maxNames = 5;

export function hasNoLosses(losses: Losses): boolean {
  return Object.values(losses).every((kind: readonly unknown[]) => kind.length === 0);
}

/** What would be lost, a line for each kind. */
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
