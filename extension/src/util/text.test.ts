import { describe, expect, it } from "vitest";
import { escapeMarkdown, singleLine } from "./text.js";

describe("singleLine", () => {
  it("keeps a name as it is", () => expect(singleLine("Training, night run")).toBe("Training, night run"));
  it("draws no icon that a name asks for", () => expect(singleLine("$(error) mine")).toBe("$ (error) mine"));
  it("makes one line of several", () => expect(singleLine(" a\n\tb ")).toBe("a b"));
  it("cuts what is too long", () => expect(singleLine("x".repeat(100))).toBe(`${"x".repeat(59)}…`));
});

describe("escapeMarkdown", () => {
  it("leaves no link in a text", () =>
    expect(escapeMarkdown("[run](command:companion.connect)")).toBe(
      "\\[run\\]\\(command\\:companion\\.connect\\)",
    ));
  it("leaves no tag in a text", () => expect(escapeMarkdown("<b>")).toBe("\\<b\\>"));
  it("leaves no heading or list to begin a line", () => expect(escapeMarkdown("a\n# b")).toBe("a \\# b"));
});
