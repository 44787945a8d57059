import { describe, expect, it } from "vitest";
import { escapeMarkdown, singleLine } from "./text.js";

describe("singleLine", () => {
  it("keeps a name unchanged", () => expect(singleLine("Training, night run")).toBe("Training, night run"));
  it("removes icons", () => expect(singleLine("$(error) mine")).toBe("$ (error) mine"));
  it("joins lines", () => expect(singleLine(" a\n\tb ")).toBe("a b"));
  it("truncates long text", () => expect(singleLine("x".repeat(100))).toBe(`${"x".repeat(59)}…`));
});

describe("escapeMarkdown", () => {
  it("escapes links", () =>
    expect(escapeMarkdown("[run](command:companion.connect)")).toBe(
      "\\[run\\]\\(command\\:companion\\.connect\\)",
    ));
  it("escapes tags", () => expect(escapeMarkdown("<b>")).toBe("\\<b\\>"));
  it("escapes headings and lists at the start of a line", () =>
    expect(escapeMarkdown("a\n# b")).toBe("a \\# b"));
});
