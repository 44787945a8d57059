import * as vscode from "vscode";

let waiting: { readonly picker: vscode.QuickPick<vscode.QuickPickItem>; leave(): void } | undefined;

/**
 * Shows a busy picker until it's known what to ask. The next picker takes its place, with what the user entered.
 * @returns cancelled if the user closed it
 */
export async function pickerDuring<T>(title: string, work: Promise<T>): Promise<T | "cancelled"> {
  const picker = vscode.window.createQuickPick();
  picker.title = title;
  picker.busy = true;
  picker.ignoreFocusOut = true;
  const closed = new Promise<"cancelled">((resolve) => {
    const hidden = picker.onDidHide(() => {
      if (waiting?.picker === picker) waiting = undefined;
      picker.dispose();
      resolve("cancelled");
    });
    waiting = { picker, leave: () => hidden.dispose() };
  });
  picker.show();
  try {
    return await Promise.race([work, closed]);
  } finally {
    // What comes next asks at once, or not at all.
    setTimeout(() => {
      if (waiting?.picker === picker) takePicker()?.dispose();
    });
  }
}

/** Returns the picker that's waiting for its items, if there is one. */
export function takePicker(): vscode.QuickPick<vscode.QuickPickItem> | undefined {
  const taken = waiting;
  waiting = undefined;
  taken?.leave();
  return taken?.picker;
}
