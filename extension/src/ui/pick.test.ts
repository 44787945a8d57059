import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type QuickPick, QuickPickItemKind, recorded } from "../../test/vscode.js";
import { DeadEnd } from "../errors/deadEnd.js";
import { type Choice, type Load, pick } from "./pick.js";

const line = (label: string, more: Partial<Choice<string>> = {}): Choice<string> => ({
  label,
  id: label,
  value: label,
  ...more,
});

/** An open picker and its result. */
function opened(options: Partial<Parameters<typeof pick<string>>[0]>) {
  const answer = pick<string>({ title: "T", placeholder: "P", lines: [line("a"), line("b")], ...options });
  const picker = recorded.quickPicks.at(-1) as QuickPick;
  return { answer, picker, labels: () => picker.items.map(({ label }) => label) };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("pick", () => {
  it("shows the items at once, and starts with the active one", async () => {
    const { answer, picker, labels } = opened({ isActive: (value) => value === "b" });
    expect(labels()).toEqual(["a", "b"]);
    picker.accept();
    expect(await answer).toEqual({ value: "b" });
  });

  it("shows why an item can't be chosen, and stays open", async () => {
    const { answer, picker } = opened({ lines: [line("a", { refusal: "It is full." })] });
    picker.accept();
    expect(picker.placeholder).toBe("It is full.");
    picker.hide();
    expect(await answer).toBe("cancelled");
  });

  it("throws what its items throw", async () => {
    const { answer } = opened({ lines: Promise.reject(new Error("no")) });
    await expect(answer).rejects.toThrow("no");
  });

  it("shows a dead end and where to go", async () => {
    recorded.executed.length = 0;
    const end = new DeadEnd("There are none.", "Use another account.", ["switchAccount", "tryAgain"]);
    const { answer, picker } = opened({ lines: Promise.reject(end) });
    await vi.advanceTimersByTimeAsync(0);
    expect(picker.items).toMatchObject([
      { label: "There are none.", detail: "Use another account." },
      { label: "Switch Account…" },
    ]);
    expect(picker.busy).toBe(false);
    picker.move("There are none.");
    picker.accept();
    expect(recorded.executed).toEqual([]);
    picker.move("Switch Account…");
    picker.accept();
    expect(await answer).toBe("cancelled");
    expect(recorded.executed).toEqual([["companion.switchAccount"]]);
  });

  it("shows a dead end's second sentence below the first", async () => {
    const { picker } = opened({
      lines: Promise.reject(new DeadEnd("It's suspended. Pay. Now.", undefined, [])),
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(picker.items).toMatchObject([{ label: "It's suspended.", detail: "Pay. Now." }]);
    picker.hide();
  });

  it("cancels loading when it's closed", async () => {
    let stopped = false;
    const load: Load<string> = (_, token) =>
      new Promise((resolve) =>
        token.onCancellationRequested(() => {
          stopped = true;
          resolve();
        }),
      );
    const { answer, picker } = opened({ lines: load });
    picker.hide();
    await answer;
    expect(stopped).toBe(true);
  });
});

describe("items that arrive later", () => {
  function arriving() {
    let show: Parameters<Load<string>>[0] = () => undefined;
    let done: () => void = () => undefined;
    const load: Load<string> = async (given) => {
      show = given;
      await new Promise<void>((resolve) => {
        done = resolve;
      });
    };
    const lines = (...labels: string[]) => labels.map((label) => line(label));
    return {
      ...opened({ lines: load }),
      show: (placeholder: string, ...labels: string[]) => show(lines(...labels), placeholder),
      done: () => done(),
    };
  }

  it("are shown at once if they're the first, and otherwise don't move the active item", async () => {
    const { answer, picker, labels, show, done } = arriving();
    expect(picker.busy).toBe(true);
    show("2 so far", "a", "b");
    expect(labels()).toEqual(["a", "b"]);
    picker.move("b");
    show("3 so far", "a", "b", "c");
    expect(labels()).toEqual(["a", "b"]);
    await vi.advanceTimersByTimeAsync(400);
    picker.move("a");
    picker.move("b");
    await vi.advanceTimersByTimeAsync(400);
    expect(labels(), "not while keys are pressed").toEqual(["a", "b"]);
    await vi.advanceTimersByTimeAsync(200);
    expect(labels()).toEqual(["a", "b", "c"]);
    expect(picker.placeholder).toBe("3 so far");

    // Many updates are drawn once, with the last one.
    for (const last of ["d", "e", "f"]) show("many", "a", "b", "c", last);
    show("all", "a", "b", "c", "d", "e", "f");
    done();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(labels()).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(picker.drawn).toBe(3);
    expect(picker.busy).toBe(false);
    picker.accept();
    expect(await answer).toEqual({ value: "b" });
  });
});

describe("entered text", () => {
  const typed = {
    heading: "Numbers",
    line: (text: string) => (text === "a" ? undefined : line(text, text === "x" ? { refusal: "No." } : {})),
  };

  it("replaces the heading, so that no other item moves", async () => {
    const { answer, picker, labels } = opened({ typed });
    expect(labels()).toEqual(["Numbers", "a", "b"]);
    expect(picker.items[0]).toMatchObject({ kind: QuickPickItemKind.Separator });
    picker.type("12");
    expect(labels()).toEqual(["12", "a", "b"]);
    expect(picker.items[0]).toMatchObject({ alwaysShow: true });
    picker.type("a");
    expect(labels()).toEqual(["Numbers", "a", "b"]);
    picker.type("13");
    picker.accept();
    expect(await answer).toEqual({ value: "13" });
  });

  it("stays if it's invalid", async () => {
    const { answer, picker } = opened({ typed });
    picker.type("x");
    picker.accept();
    expect(picker).toMatchObject({ value: "x", placeholder: "P" });
    picker.hide();
    expect(await answer).toBe("cancelled");
  });
});
