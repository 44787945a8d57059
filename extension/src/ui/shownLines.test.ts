import { describe, expect, it } from "vitest";
import { QuickPickItemKind } from "../../test/vscode.js";
import { ShownLines } from "./shownLines.js";

const named = (label: string, more: { description?: string; detail?: string } = {}) => ({ label, ...more });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => named(`env-${index}`));

function shownLines(lines: readonly { label: string }[]) {
  const shown = new ShownLines();
  shown.lines = lines;
  return { shown, labels: () => shown.items.map(({ label }) => label), rest: () => shown.items[100] };
}

describe("the shown part of a list", () => {
  it("is all of a short one, whatever is entered", () => {
    const { shown, labels } = shownLines(numbered(100));
    expect(labels()).toHaveLength(100);
    expect(shown.find("env-99")).toBe(false);
    expect(labels()).toHaveLength(100);
  });

  it("is the start of a long one, with the number of the others", () => {
    const { labels, rest } = shownLines(numbered(10_000));
    expect(labels().slice(0, 100)).toEqual(numbered(100).map(({ label }) => label));
    expect(labels()).toHaveLength(101);
    expect(rest()).toEqual({ label: "9900 more", description: "Type to find them" });
  });

  it.each([
    ["name", named("Zebra")],
    ["description", named("x", { description: "its id: zebra-1" })],
    ["detail", named("x", { detail: "created by zebra@acme.example" })],
  ])("includes what's found by its %s", (_, searched) => {
    const { shown, labels } = shownLines([...numbered(9_000), searched, ...numbered(10)]);
    expect(shown.find(" ZEBRA ")).toBe(true);
    expect(labels().slice(101)).toEqual([searched.label]);
    expect(shown.find("zebra"), "nothing new").toBe(false);
  });

  it("includes the best of many, as VS Code sorts them", () => {
    const lines = [
      ...numbered(150),
      ...Array.from({ length: 300 }, (_, index) => named(`x${index}`, { detail: "e1" })),
      ...Array.from({ length: 300 }, (_, index) => named(`the e1 of ${index}`)),
      named("e1 first"),
      named("E1"),
    ];
    const { shown, labels } = shownLines(lines);
    shown.find("e1");
    expect(labels().slice(101, 104)).toEqual(["E1", "e1 first", "the e1 of 0"]);
    expect(labels()).toHaveLength(101 + 50);
  });

  it("never moves an item, so that VS Code's index of a chosen one stays true", () => {
    const lines = numbered(2_000);
    const { shown, labels } = shownLines(lines);
    const steps = [
      () => shown.find("env-19"),
      () => shown.find("env-1999"),
      () => shown.find(""),
      () => shown.find("env-6"),
      () => {
        shown.lines = [...lines, named("late")];
      },
      () => shown.find("late"),
    ];
    let before = labels();
    for (const step of steps) {
      step();
      const after = labels();
      const changed = before.findIndex((label, index) => label !== after[index]);
      expect([-1, 100], "only the number of the others changes").toContain(changed);
      before = after;
    }
    expect(before).toContain("env-1999");
    expect(before.at(-1)).toBe("late");
  });

  it("includes the item to start with", () => {
    const lines = numbered(700);
    const { shown, labels } = shownLines(lines);
    for (const place of [3, 650]) shown.include(lines[place] ?? named("none"));
    expect(labels().slice(101)).toEqual(["env-650"]);
  });

  it("includes no headings in what's found", () => {
    const heading = { label: "Others", kind: QuickPickItemKind.Separator };
    const { shown } = shownLines([...numbered(100), heading, named("others")]);
    shown.find("others");
    expect(shown.items.slice(101)).toEqual([named("others")]);
  });
});
