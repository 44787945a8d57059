import * as vscode from "vscode";
import type { Answer, Position } from "./steps.js";

/** A line of a picker: something to choose, or a heading between them. */
export type Line<T> = Choice<T> | Heading;

export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
  /** Why it is shown but cannot be chosen. */
  readonly refusal?: string | undefined;
  /** By what it is known again among later lines. */
  readonly id?: string;
}

export interface Heading extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Separator;
}

/**
 * Fills a picker, as often as there is more to show; the picker is busy until it is done.
 * @param show shows lines in place of the earlier ones. Each of those keeps its place, and others come behind them: VS Code
 * tells of a choice by its place alone, and a line that moved at the moment of the key press would be taken for another.
 * @param token says when nobody waits for them any more
 */
export type Load<T> = (
  show: (lines: readonly Line<T>[], placeholder?: string) => void,
  token: vscode.CancellationToken,
) => Promise<void>;

/** What may be typed instead of chosen. */
export interface Typed<T> {
  /** Stands above the lines while the box is empty: the line for what is typed takes its place. */
  readonly heading: string;
  /** The line for a text; undefined where one of the others is meant by it. */
  line(text: string): Choice<T> | undefined;
}

export interface PickOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  /** Where it is one of several questions. */
  readonly position?: Position | undefined;
  /** Where they are still to come, the picker is there at once, and busy until they are. */
  readonly lines: readonly Line<T>[] | Promise<readonly Line<T>[]> | Load<T>;
  /** The line to begin with. */
  readonly isActive?: (value: T) => boolean;
  readonly typed?: Typed<T>;
}

/** Lets a person choose one line. Throws what `lines` throws. */
export async function pick<T>(options: PickOptions<T>): Promise<Answer<T>> {
  const picker = vscode.window.createQuickPick<Line<T>>();
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
        if (!line || !isChoice(line)) return;
        if (line.refusal === undefined) return resolve({ value: line.value });
        if (line.alwaysShow) return; // what was typed stays, with what is wrong with it
        picker.value = "";
        picker.placeholder = line.refusal;
      });
      fill(picker, options, closed.token).catch(reject);
      picker.show();
    });
  } finally {
    closed.cancel();
    closed.dispose();
    picker.dispose();
  }
}

async function fill<T>(
  picker: vscode.QuickPick<Line<T>>,
  options: PickOptions<T>,
  token: vscode.CancellationToken,
): Promise<void> {
  const shown = new PickerContent(picker, options, token);
  const { lines } = options;
  if (isLines(lines)) return shown.show(lines);
  picker.busy = true;
  if (typeof lines === "function") await lines((some, placeholder) => shown.show(some, placeholder), token);
  else shown.show(await lines);
  await shown.drawn();
  picker.busy = false;
}

const delay = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds without a key press after which further lines are drawn. */
const idleTime = 500;

/**
 * The lines of a picker. What a person has come to stays where it is when others arrive. VS Code goes back to the first line
 * with each new list, unless it is told of another; and it tells of theirs a moment late. So that no step of theirs is
 * undone, further lines wait until they pause.
 */
class PickerContent<T> {
  readonly #picker: vscode.QuickPick<Line<T>>;
  readonly #options: PickOptions<T>;
  readonly #closed: vscode.CancellationToken;
  #lines: readonly Line<T>[] = [];
  #placeholder = "";
  #begun = false;
  #movedAt = Number.NEGATIVE_INFINITY;
  #waiting: Promise<void> | undefined;

  constructor(picker: vscode.QuickPick<Line<T>>, options: PickOptions<T>, closed: vscode.CancellationToken) {
    this.#picker = picker;
    this.#options = options;
    this.#closed = closed;
    picker.onDidChangeActive(() => this.#moved());
    picker.onDidChangeValue(() => {
      this.#moved();
      if (options.typed) this.#drawLines(); // the first that matches what is typed is the one to take
    });
  }

  show(lines: readonly Line<T>[], placeholder = this.#options.placeholder): void {
    this.#lines = lines;
    this.#placeholder = placeholder;
    if (this.#begun) this.#waiting ??= this.#drawWhenIdle();
    else this.#draw();
  }

  /** Waits until all that was to be shown is. */
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
    this.#drawLines();
    const active = this.#begun
      ? this.#lines.find((line) => before !== undefined && idOf(line) === before)
      : this.#lines.find((line) => isChoice(line) && this.#options.isActive?.(line.value));
    if (active) this.#picker.activeItems = [active]; // an empty list would take the focus off the first line
    this.#begun ||= this.#lines.length > 0;
  }

  #drawLines(): void {
    if (this.#picker.placeholder !== this.#placeholder) this.#picker.placeholder = this.#placeholder;
    this.#picker.items = [...this.#first(), ...this.#lines];
  }

  /** The place for what is typed. */
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

function isChoice<T>(line: Line<T>): line is Choice<T> {
  return "value" in line;
}

function idOf<T>(line: Line<T> | undefined): string | undefined {
  return line && isChoice(line) ? line.id : undefined;
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
