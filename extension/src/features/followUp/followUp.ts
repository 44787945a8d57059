import { createHash } from "node:crypto";
import { basename, isAbsolute } from "node:path";
import * as l10n from "@vscode/l10n";

/** What the user set up to run after a change: a command line in a terminal, or a VS Code command. */
export type FollowUp =
  | { readonly terminal: readonly [program: string, ...args: string[]] }
  | { readonly command: string; readonly arguments: readonly unknown[] };

/** A longer text doesn't fit into a dialog. */
const longest = 1000;

/**
 * Validates a setting's value.
 * @returns a message that names the field and what it takes, if it's invalid
 */
export function parseFollowUp(setting: string, value: unknown): FollowUp | string {
  const parsed = parse(setting, value);
  if (typeof parsed === "string" || followUpText(parsed).length <= longest) return parsed;
  return l10n.t("{0} takes at most {1} characters, so that a dialog can show them all.", setting, longest);
}

/** Returns the text to confirm. It's exact: invisible characters are escaped. */
export function followUpText(followUp: FollowUp): string {
  const parts = "terminal" in followUp ? followUp.terminal : [followUp.command, ...followUp.arguments];
  return parts
    .map((part) => JSON.stringify(part))
    .join(" ")
    .replaceAll(/(?! )[\p{C}\p{Z}\p{DI}]/gu, (one) => `\\u{${one.codePointAt(0)?.toString(16)}}`);
}

/** Identifies exactly this follow-up. A hash, because arguments might contain secrets. */
export function fingerprint(followUp: FollowUp): string {
  return createHash("sha256").update(JSON.stringify(followUp)).digest("hex");
}

function parse(setting: string, value: unknown): FollowUp | string {
  const { terminal, command, arguments: args, ...others } = isObject(value) ? value : {};
  const isTerminal = terminal !== undefined && command === undefined && args === undefined;
  const isCommand = terminal === undefined && command !== undefined;
  if (Object.keys(others).length > 0 || !(isTerminal || isCommand))
    return l10n.t(
      '{0} takes an object with "terminal", or with "command" and optional "arguments".',
      setting,
    );
  return isTerminal ? parseTerminal(`${setting}.terminal`, terminal) : parseCommand(setting, command, args);
}

function parseTerminal(field: string, terminal: unknown): FollowUp | string {
  if (!isStrings(terminal) || terminal.length === 0)
    return l10n.t("{0} takes a program and its arguments, as an array of strings.", field);
  const [program = "", ...args] = terminal;
  // VS Code would look for another relative path in the terminal's folder.
  if (program === "" || !(isAbsolute(program) || basename(program) === program))
    return l10n.t("{0} takes the name of a program on PATH, or an absolute path.", `${field}[0]`);
  const replaced = terminal.findIndex((text) => text.includes("${"));
  if (replaced >= 0)
    return l10n.t("{0} can't contain {1}, because VS Code would replace it.", `${field}[${replaced}]`, "${");
  return { terminal: [program, ...args] };
}

function parseCommand(setting: string, command: unknown, args: unknown = []): FollowUp | string {
  if (typeof command !== "string" || command.trim() === "")
    return l10n.t("{0} takes the ID of a VS Code command.", `${setting}.command`);
  if (!Array.isArray(args)) return l10n.t("{0} takes an array.", `${setting}.arguments`);
  return { command, arguments: args };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
