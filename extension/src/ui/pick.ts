import * as vscode from "vscode";
import type { Answer, Position } from "./steps.js";

/** A line of a picker: something to choose, or a heading between them. */
export type Line<T> = Choice<T> | Heading;

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
  /** Why it is shown but cannot be chosen. */
  readonly refusal?: string | undefined;
}

export interface Heading extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  /** Where it is one of several questions. */
  readonly position?: Position;
  /** The picker is there at once, and busy until the lines are. */
  readonly lines: Promise<readonly Line<T>[]>;
  /** The line to begin with. */
  readonly isActive?: (value: T) => boolean;
}

/** Lets a person choose one line. Throws what `lines` throws. */
export async function pick<T>(options: PickOptions<T>): Promise<Answer<T>> {
  const picker = vscode.window.createQuickPick<Line<T>>();
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = options.position !== undefined;
  place(picker, options.position);
  picker.busy = true;
  picker.show();
  try {
    return await new Promise<Answer<T>>((resolve, reject) => {
      picker.onDidHide(() => resolve("cancelled"));
      picker.onDidTriggerButton(() => resolve("back"));
      picker.onDidAccept(() => {
        const [line] = picker.selectedItems;
        if (!line || !("value" in line)) return;
        if (line.refusal === undefined) return resolve({ value: line.value });
        picker.value = "";
        picker.placeholder = line.refusal;
      });
      options.lines.then((lines) => {
        picker.items = lines;
        const active = lines.filter((line) => "value" in line && options.isActive?.(line.value));
        if (active.length > 0) picker.activeItems = active; // an empty list would take the focus off the first line
        picker.busy = false;
      }, reject);
    });
  } finally {
    picker.dispose();
  }
}

/** Shows where a question stands, and the button that leads back. */
export function place(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  position?: Position,
): void {
  if (!position) return;
  input.step = position.step;
  input.totalSteps = position.totalSteps;
  input.buttons = position.canGoBack ? [vscode.QuickInputButtons.Back] : [];
}
