import type { Event, LogLevel, LogOutputChannel, ViewColumn } from "vscode";
import type { EventRecord } from "./eventRecord.js";
import type { SecretMask } from "./secretMask.js";

/**
 * A log channel that masks secrets in everything it writes. The record gets all lines from debug level up, regardless
 * of the log level.
 */
export class MaskedLog implements LogOutputChannel {
  readonly #channel: LogOutputChannel;
  readonly #mask: SecretMask;
  readonly #record: EventRecord | undefined;

  constructor(channel: LogOutputChannel, mask: SecretMask, record?: EventRecord) {
    this.#channel = channel;
    this.#mask = mask;
    this.#record = record;
  }

  get name(): string {
    return this.#channel.name;
  }

  get logLevel(): LogLevel {
    return this.#channel.logLevel;
  }

  get onDidChangeLogLevel(): Event<LogLevel> {
    return this.#channel.onDidChangeLogLevel;
  }

  trace(message: string, ...args: unknown[]): void {
    this.#channel.trace(this.#line(message, args));
  }

  debug(message: string, ...args: unknown[]): void {
    this.#channel.debug(this.#recorded("debug", message, args));
  }

  info(message: string, ...args: unknown[]): void {
    this.#channel.info(this.#recorded("info", message, args));
  }

  warn(message: string, ...args: unknown[]): void {
    this.#channel.warn(this.#recorded("warning", message, args));
  }

  error(error: string | Error, ...args: unknown[]): void {
    this.#channel.error(this.#recorded("error", asText(error), args));
  }

  append(value: string): void {
    this.#channel.append(this.#mask.apply(value));
  }

  appendLine(value: string): void {
    this.#channel.appendLine(this.#mask.apply(value));
  }

  replace(value: string): void {
    this.#channel.replace(this.#mask.apply(value));
  }

  clear(): void {
    this.#channel.clear();
  }

  show(column?: ViewColumn | boolean, preserveFocus?: boolean): void {
    this.#channel.show(typeof column === "boolean" ? column : preserveFocus);
  }

  hide(): void {
    this.#channel.hide();
  }

  dispose(): void {
    this.#channel.dispose();
  }

  #recorded(level: string, message: string, args: readonly unknown[]): string {
    const line = this.#line(message, args);
    this.#record?.add("log", `${level}: ${line}`);
    return line;
  }

  #line(message: string, args: readonly unknown[]): string {
    return this.#mask.apply([message, ...args.map(asText)].join(" "));
  }
}

function asText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Error) return value.stack ?? value.message;
  return JSON.stringify(value) ?? String(value);
}
