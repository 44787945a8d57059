import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import type { CliUser } from "../blackbox/support/cli.js";
import { serverPath } from "../blackbox/support/programs.js";

/** Puts `companion` on the PATH of a user. */
export function install(user: CliUser): void {
  const bin = join(user.home, "bin");
  const program = join(dirname(serverPath), "companion");
  mkdirSync(bin, { recursive: true });
  chmodSync(program, 0o755);
  symlinkSync(program, join(bin, "companion"));
  user.env.PATH = `${bin}:${user.env.PATH}`;
}

/** A program in a terminal of its own. */
export class Terminal implements Disposable {
  readonly #name = `companion-${process.pid}-${Math.random().toString(36).slice(2)}`;

  constructor(user: CliUser, command: string) {
    const size = ["-x", "120", "-y", "30"];
    this.#tmux(["-f", "/dev/null", "new-session", "-d", ...size, command], user);
  }

  /** What is on the screen. */
  get text(): string {
    return this.#tmux(["capture-pane", "-p"]);
  }

  /** Presses keys, by tmux's names for them. */
  press(...keys: readonly string[]): void {
    this.#tmux(["send-keys", ...keys]);
  }

  type(text: string): void {
    this.#tmux(["send-keys", "-l", text]);
  }

  /** Runs a line, and waits until it shows something. */
  async run(line: string, shown: RegExp): Promise<void> {
    this.type(line);
    this.press("Enter");
    await this.shows(shown);
  }

  async shows(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.text).toMatch(pattern);
  }

  [Symbol.dispose](): void {
    this.#tmux(["kill-server"]);
  }

  #tmux(args: readonly string[], user?: CliUser): string {
    const env = user ? { ...user.env, TERM: "xterm-256color" } : process.env;
    return execFileSync("tmux", ["-L", this.#name, ...args], {
      encoding: "utf8",
      ...(user && { cwd: user.home }),
      env,
    });
  }
}
