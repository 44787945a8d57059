import { describe, expect, it } from "vitest";
import { type FollowUp, fingerprint, followUpText, parseFollowUp } from "./followUp.js";

const anObject = 's takes an object with "terminal", or with "command" and optional "arguments".';
const strings = "s.terminal takes a program and its arguments, as an array of strings.";
const program = "s.terminal[0] takes the name of a program on PATH, or an absolute path.";
const id = "s.command takes the ID of a VS Code command.";
const tooLong = "s takes at most 1000 characters, so that a dialog can show them all.";

describe("a setting's value", () => {
  it.each<[unknown, FollowUp]>([
    [{ terminal: ["ssh"] }, { terminal: ["ssh"] }],
    [{ terminal: ["/usr/bin/ssh", "", "a b", "$HOME"] }, { terminal: ["/usr/bin/ssh", "", "a b", "$HOME"] }],
    [{ command: "a.b" }, { command: "a.b", arguments: [] }],
    [
      { command: "a.b", arguments: [1, null, { x: ["${"] }] },
      { command: "a.b", arguments: [1, null, { x: ["${"] }] },
    ],
  ])("is valid: %j", (value, followUp) => expect(parseFollowUp("s", value)).toEqual(followUp));

  it.each<[unknown, string]>([
    ["ssh gpu", anObject],
    [["ssh", "gpu"], anObject],
    [7, anObject],
    [{}, anObject],
    [{ terminal: ["ssh"], command: "a.b" }, anObject],
    [{ terminal: ["ssh"], arguments: [] }, anObject],
    [{ arguments: [] }, anObject],
    [{ terminal: ["ssh"], cwd: "/" }, anObject],
    [{ terminal: "ssh gpu" }, strings],
    [{ terminal: [] }, strings],
    [{ terminal: null }, strings],
    [{ terminal: ["ssh", 22] }, strings],
    [{ terminal: [""] }, program],
    [{ terminal: ["./ssh"] }, program],
    [{ terminal: ["bin/ssh"] }, program],
    [{ terminal: ["~/bin/ssh"] }, program],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code would replace it
    [{ terminal: ["ssh", "${env:X}"] }, "s.terminal[1] can't contain ${, because VS Code would replace it."],
    [{ command: " " }, id],
    [{ command: ["a.b"] }, id],
    [{ command: "a.b", arguments: { x: 1 } }, "s.arguments takes an array."],
    [{ terminal: ["ssh", "x".repeat(1000)] }, tooLong],
    [{ command: "a.b", arguments: ["x".repeat(1000)] }, tooLong],
  ])("is invalid: %j", (value, message) => expect(parseFollowUp("s", value)).toBe(message));
});

describe("the text to confirm", () => {
  it.each<[string, FollowUp, string]>([
    ["separates arguments", { terminal: ["ssh", "a b", "", '"'] }, '"ssh" "a b" "" "\\""'],
    [
      "has the arguments of a command",
      { command: "a.b", arguments: [1, { x: [true] }] },
      '"a.b" 1 {"x":[true]}',
    ],
    ["is one line", { terminal: ["ssh", "a\nb\u2028c"] }, '"ssh" "a\\nb\\u{2028}c"'],
    [
      "has no invisible characters",
      { terminal: ["ssh", "a\u202eb\u200bc\u00a0d\u3164"] },
      '"ssh" "a\\u{202e}b\\u{200b}c\\u{a0}d\\u{3164}"',
    ],
    ["keeps other characters", { terminal: ["öffne", "日本 🙂"] }, '"öffne" "日本 🙂"'],
  ])("%s", (_, followUp, text) => expect(followUpText(followUp)).toBe(text));
});

it("the fingerprint doesn't contain the arguments", () => {
  expect(fingerprint({ terminal: ["ssh", "secret"] })).toMatch(/^[0-9a-f]{64}$/);
});
