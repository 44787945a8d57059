import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bareEnvironment, serverPath } from "./programs.js";
import { type SandboxHost, sandboxKeys } from "./sandboxHost.js";
import { writeSystemctl } from "./systemctl.js";

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user of the command line: a home folder of their own, and what's in their environment. */
export class CliUser {
  readonly home = mkdtempSync(join(tmpdir(), "companion-home-"));
  readonly env: NodeJS.ProcessEnv;

  private constructor(gatewayUrl: string) {
    this.env = { ...bareEnvironment(this.home), FIREWORKS_BASE_URL: gatewayUrl };
    for (const name of ["XDG_STATE_HOME", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "NO_COLOR"])
      delete this.env[name];
  }

  /** Someone without a key. */
  static newcomer(gateway: SandboxHost): CliUser {
    return new CliUser(gateway.url);
  }

  /** Someone with a key in auth.ini. */
  static withKey(gateway: SandboxHost, apiKey: string = sandboxKeys.main): CliUser {
    const user = new CliUser(gateway.url);
    mkdirSync(join(user.home, ".fireworks"));
    writeFileSync(join(user.home, ".fireworks", "auth.ini"), `[fireworks]\napi_key = ${apiKey}\n`);
    return user;
  }

  /** Gives the user a stand-in for `systemctl`, so that ends can be kept by the system. */
  hasSystemd(): this {
    this.env.PATH = writeSystemctl(join(this.home, "bin"));
    return this;
  }

  /** Runs a command to its end. */
  async run(args: string, input = ""): Promise<Ended> {
    return await this.start(args.split(" ").filter(Boolean), input).ended;
  }

  /** Starts a command. */
  start(args: readonly string[], input?: string) {
    const process = spawn(serverPath, args, { env: this.env, cwd: this.home });
    process.stdin.on("error", () => undefined); // a command that reads no input can end before it's written
    if (input !== undefined) process.stdin.end(input);
    let [stdout, stderr] = ["", ""];
    process.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    process.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = once(process, "close").then(([status]): Ended => ({ status, stdout, stderr }));
    return { process, ended };
  }
}
