import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { DeadEnd } from "../errors/deadEnd.js";
import { singleLine } from "../util/text.js";
import { takePicker } from "./earlyPicker.js";
import { actionTitle, isOwn, runAction } from "./report.js";
import { ShownLines } from "./shownLines.js";
import type { Answer, Position } from "./steps.js";

/** An item of a picker: a choice or a heading. */
export type Line<T> = Choice<T> | Heading;

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
  /** Why it's shown but can't be chosen. */
  readonly refusal?: string | undefined;
  /** Identifies the item when the list changes. */
  readonly id?: string;
}

export interface Heading extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

/** An item of a picker without choices, which runs an action. */
interface WayOut extends vscode.QuickPickItem {
  readonly action: Parameters<typeof runAction>[0];
}

type Item<T> = Line<T> | WayOut | vscode.QuickPickItem;

/**
 * Replaces the items of a picker. Existing items must keep their place, and new ones must come after them: VS Code
 * identifies a choice by its index, so an item that moves while the user presses a key could be mistaken for another.
 */
export type Show<T> = (lines: readonly Line<T>[], placeholder?: string) => void;

/**
 * Loads a picker's items. The picker is busy until it's done.
 * @param show can also be called after that
 * @param token canceled when the picker is closed
 */
export type Load<T> = (show: Show<T>, token: vscode.CancellationToken) => Promise<void>;

/** What the user can enter instead of choosing. */
export interface Typed<T> {
  /** The heading above the items while the box is empty. The item for the entered text replaces it. */
  readonly heading: string;
  /** Returns the item for a text, or undefined if it matches an existing one. */
  line(text: string): Choice<T> | undefined;
}

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  /** Its place in a sequence of steps. */
  readonly position?: Position | undefined;
  /** If they're still loading, the picker is shown at once and is busy until they arrive. */
  readonly lines: readonly Line<T>[] | Promise<readonly Line<T>[]> | Load<T>;
  /** Whether an item is active at first. */
  readonly isActive?: (value: T) => boolean;
  /** Called when another item becomes active. */
  readonly onActive?: (value: T) => void;
  readonly typed?: Typed<T>;
}

/** Lets the user choose an item. Throws what `lines` throws, except for a dead end, which it shows. */
export async function pick<T>(options: PickOptions<T>): Promise<Answer<T>> {
  const picker = (takePicker() ?? vscode.window.createQuickPick()) as vscode.QuickPick<Item<T>>;
  const closed = new vscode.CancellationTokenSource();
  picker.title = options.title;
  picker.placeholder = options.placeholder;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.keepScrollPosition = true;
  picker.ignoreFocusOut = options.position !== undefined;
  place(picker, options.position);
  try {
    return await new Promise<Answer<T>>((resolve, reject) => {
      picker.onDidHide(() => resolve("cancelled"));
      picker.onDidTriggerButton(() => resolve("back"));
      picker.onDidAccept(() => {
        const [line] = picker.selectedItems;
        if (!line) return;
        if ("action" in line) {
          resolve("cancelled");
          void runAction(line.action);
          return;
        }
        if (!isChoice<T>(line)) return;
        if (line.refusal === undefined) return resolve({ value: line.value });
        if (line.alwaysShow) return; // keep the entered text and its error
        picker.value = "";
        picker.placeholder = line.refusal;
      });
      fill(picker, options, closed.token).catch((error: unknown) => {
        if (error instanceof DeadEnd) showDeadEnd(picker, error);
        else reject(error);
      });
      picker.show();
    });
  } finally {
    closed.cancel();
    closed.dispose();
    picker.dispose();
  }
}

/** The maximum length of a sentence in a dead end. */
const longest = 200;

/** Shows what a dead end means, and where to go. */
function showDeadEnd<T>(picker: vscode.QuickPick<Item<T>>, { message, detail, actions }: DeadEnd): void {
  const ways = actions
    .filter((action) => !isOwn(action))
    .map((action): WayOut => ({ label: actionTitle(action), action }));
  // Two short lines instead of one that VS Code would truncate.
  const [first = "", rest] = detail ? [message, detail] : message.split(/(?<=\.)\s(.*)/s);
  const meaning = { label: singleLine(first, longest), iconPath: new vscode.ThemeIcon("info") };
  picker.busy = false;
  picker.value = "";
  picker.placeholder = l10n.t("Choose what to do");
  picker.items = [rest ? { ...meaning, detail: singleLine(rest, longest) } : meaning, ...ways];
  picker.activeItems = ways.slice(0, 1);
}

async function fill<T>(
  picker: vscode.QuickPick<Item<T>>,
  options: PickOptions<T>,
  token: vscode.CancellationToken,
): Promise<void> {
  const shown = new PickerContent(picker, options, token);
  const { lines } = options;
  picker.busy = !isLines(lines);
  if (isLines(lines)) return shown.show(lines);
  if (typeof lines === "function") await lines((some, placeholder) => shown.show(some, placeholder), token);
  else shown.show(await lines);
  await shown.drawn();
  picker.busy = false;
}

const delay = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Time without a key press after which new items are drawn, in milliseconds. */
const idleTime = 500;

/**
 * The items of a picker. The active item stays active when others arrive. VS Code goes back to the first item with
 * each new list unless it's told otherwise, and reports the user's moves with a delay. So new items wait until the
 * user pauses.
 */
class PickerContent<T> {
  readonly #picker: vscode.QuickPick<Item<T>>;
  readonly #options: PickOptions<T>;
  readonly #closed: vscode.CancellationToken;
  readonly #shown = new ShownLines<Line<T>>();
  #placeholder = "";
  #begun = false;
  #movedAt = Number.NEGATIVE_INFINITY;
  #waiting: Promise<void> | undefined;

  constructor(picker: vscode.QuickPick<Item<T>>, options: PickOptions<T>, closed: vscode.CancellationToken) {
    this.#picker = picker;
    this.#options = options;
    this.#closed = closed;
    picker.onDidChangeActive(([line]) => {
      this.#moved();
      if (line && isChoice(line)) options.onActive?.(line.value);
    });
    picker.onDidChangeValue((text) => {
      this.#moved();
      const isFound = this.#shown.find(text);
      if (options.typed || isFound) this.#drawLines(); // activate the first item that matches the text
    });
  }

  show(lines: readonly Line<T>[], placeholder = this.#options.placeholder): void {
    this.#shown.lines = lines;
    this.#shown.find(this.#picker.value);
    this.#placeholder = placeholder;
    if (this.#begun) this.#waiting ??= this.#drawWhenIdle();
    else this.#draw();
  }

  /** Waits until all items are drawn. */
  async drawn(): Promise<void> {
    await this.#waiting;
  }

  async #drawWhenIdle(): Promise<void> {
    const left = () => this.#movedAt + idleTime - performance.now();
    do await delay(Math.max(0, left()));
    while (left() > 0 && !this.#closed.isCancellationRequested);
    this.#waiting = undefined;
    this.#draw();
  }

  #moved(): void {
    this.#movedAt = performance.now();
  }

  #draw(): void {
    const before = idOf(this.#picker.activeItems[0]);
    const { lines } = this.#shown;
    const active = this.#begun
      ? lines.find((line) => before !== undefined && idOf(line) === before)
      : lines.find((line) => isChoice(line) && this.#options.isActive?.(line.value));
    if (active) this.#shown.include(active);
    this.#drawLines();
    if (active) this.#picker.activeItems = [active]; // an empty list would take the focus off the first item
    this.#begun ||= lines.length > 0;
  }

  #drawLines(): void {
    if (this.#picker.placeholder !== this.#placeholder) this.#picker.placeholder = this.#placeholder;
    this.#picker.items = [...this.#first(), ...this.#shown.items];
  }

  /** The item for the entered text. */
  #first(): Line<T>[] {
    const { typed } = this.#options;
    if (!typed) return [];
    const text = this.#picker.value.trim();
    const line = text === "" ? undefined : typed.line(text);
    return [
      line
        ? { ...line, alwaysShow: true }
        : { label: typed.heading, kind: vscode.QuickPickItemKind.Separator },
    ];
  }
}

function isLines<T>(lines: PickOptions<T>["lines"]): lines is readonly Line<T>[] {
  return Array.isArray(lines);
}

function isChoice<T>(line: Item<T>): line is Choice<T> {
  return "value" in line;
}

function idOf<T>(line: Item<T> | undefined): string | undefined {
  return line && isChoice(line) ? line.id : undefined;
}

/** Shows the step number and the Back button. */
export function place(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  position?: Position,
): void {
  if (!position) return;
  input.step = position.step;
  input.totalSteps = position.totalSteps;
  input.buttons = position.canGoBack ? [vscode.QuickInputButtons.Back] : [];
}
