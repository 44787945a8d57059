import { describe, expect, it } from "vitest";
import { escapeMarkdown, shortenMiddle, singleLine } from "./text.js";

describe("singleLine", () => {
  it("keeps a name unchanged", () => expect(singleLine("Training, night run")).toBe("Training, night run"));
  it("removes icons", () => expect(singleLine("$(error) mine")).toBe("$ (error) mine"));
  it("joins lines", () => expect(singleLine(" a\n\tb ")).toBe("a b"));
  it("truncates long text", () => expect(singleLine("x".repeat(100))).toBe(`${"x".repeat(59)}…`));
});

describe("shortenMiddle", () => {
  it.each([
    ["train-b", "train-b"],
    ["0123456789", "0123456789"],
    ["0123456789a", "01234…789a"],
    ["👩🏽‍🚀".repeat(10), "👩🏽‍🚀".repeat(10)],
    ["訓練環境東京本番用夜間実行一号", "訓練環境東…実行一号"],
  ])("shortens %s", (text, short) => expect(shortenMiddle(text, 10)).toBe(short));
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
