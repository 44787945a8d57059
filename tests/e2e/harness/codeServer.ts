import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cleanEnvironment, type Environment } from "./environment.ts";
import {
  type Contents,
  changeSettings,
  createFolders,
  type Folders,
  folderArguments,
  readSettings,
  removeFolders,
} from "./folders.ts";
import { installExtensions } from "./installedExtensions.ts";
import { type CodeServerInstall, type Launched, launch, listening } from "./launch.ts";
import { descendantsOf, listProcesses, outlived, type ProcessInfo, signal } from "./processes.ts";
import type { Settings } from "./settings.ts";

export interface CodeServerOptions extends Contents {
  /** VSIX files to install before the start. */
  readonly vsix?: readonly string[];
  /** Variables for VS Code and its extensions. `HOME` is a new empty folder unless it is given here. */
  readonly environment?: Environment;
  /**
   * False, the default: every folder is trusted. True: VS Code keeps watch, and a folder opens in Restricted Mode
   * without asking.
   */
  readonly workspaceTrust?: boolean;
  /** True: VS Code and all output channels log at level Trace. */
  readonly trace?: boolean;
}

/** Milliseconds until a start has failed. */
const startTimeout = 60_000;
/** Milliseconds that code-server gets to end by itself. */
const exitTimeout = 10_000;
/** Milliseconds that the processes of extensions then get: more than the 2 s in which a good server notices the end. */
const familyTimeout = 5_000;

/** The version of VS Code in a code-server install: what an extension there reads from `vscode.version`. */
export function vscodeVersion(install: CodeServerInstall): string {
  const text = readFileSync(join(packageFolder(install), "lib", "vscode", "product.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** The folder of the code-server package, which all processes of VS Code itself have in their command lines. */
function packageFolder({ entry }: CodeServerInstall): string {
  return join(dirname(entry), "..", "..");
}

/** A running VS Code server with folders of its own: nothing that belongs to this machine's user is seen or touched. */
export class CodeServer implements AsyncDisposable {
  /** Where a browser reaches it: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The folder that tests open. */
  readonly workspace: string;
  /** The `HOME` of VS Code and its extensions. */
  readonly home: string;
  /** VS Code's user data folder: settings, logs, state. */
  readonly userData: string;

  readonly #launched: Launched;
  readonly #folders: Folders;
  readonly #packageFolder: string;
  #stopped: Promise<readonly ProcessInfo[]> | undefined;

  private constructor(install: CodeServerInstall, launched: Launched, url: string, folders: Folders) {
    this.#launched = launched;
    this.#folders = folders;
    this.#packageFolder = packageFolder(install);
    this.url = url;
    this.home = folders.home;
    this.workspace = folders.workspace;
    this.userData = folders.userData;
  }

  /**
   * Installs the extensions, then starts a server on a free port of the loopback interface.
   * @returns once it answers
   * @throws {Error} with the output of code-server, when an install fails or it does not answer within a minute
   */
  static async start(install: CodeServerInstall, options: CodeServerOptions = {}): Promise<CodeServer> {
    const folders = await createFolders(options, options.environment?.HOME);
    // An empty gallery: VS Code asks no marketplace for updates or recommendations.
    const env = cleanEnvironment(folders.home, { EXTENSIONS_GALLERY: "{}", ...options.environment });
    try {
      await installExtensions(install, options.vsix ?? [], folders.extensions);
      const args = [...folderArguments(folders), ...serverArguments(options)];
      const launched = await launch(install, args, { env, cwd: folders.root });
      return new CodeServer(install, launched, await listening(launched, startTimeout), folders);
    } catch (error) {
      await removeFolders(folders);
      throw error;
    }
  }

  /** What code-server has written to stdout and stderr so far. */
  output(): string {
    return this.#launched.output();
  }

  /**
   * The text of an output channel, of all windows and reloads so far, oldest first.
   * @param name as the Output panel lists it
   * @returns "" when nothing was written to it
   */
  async readOutput(name: string): Promise<string> {
    const logs = join(this.userData, "logs");
    const files = existsSync(logs) ? await readdir(logs, { recursive: true }) : [];
    const channel = files.filter((file) => basename(file).replace(/^\d+-/, "") === `${name}.log`);
    channel.sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
    return (await Promise.all(channel.map((file) => readFile(join(logs, file), "utf8")))).join("");
  }

  /** The text of the user's settings.json; a part of it, while VS Code is writing it. */
  async readSettings(): Promise<string> {
    return readSettings(this.#folders);
  }

  /** Changes the user's settings, as by editing settings.json. Windows follow by themselves. */
  async changeSettings(changes: Settings): Promise<void> {
    await changeSettings(this.#folders, changes);
  }

  /** All processes that run because of this server, itself not among them: extension hosts, and what these started. */
  async processes(): Promise<ProcessInfo[]> {
    return descendantsOf(this.#launched.pid, await listProcesses());
  }

  /** Those of {@link processes} whose command line contains a text. */
  async findProcesses(commandLinePart: string): Promise<ProcessInfo[]> {
    return (await this.processes()).filter((one) => one.commandLine.includes(commandLinePart));
  }

  /**
   * Kills, as `kill -9` does, the processes that {@link findProcesses} finds.
   * @returns those killed
   * @throws {Error} when there is none
   */
  async killProcesses(commandLinePart: string): Promise<ProcessInfo[]> {
    const found = await this.findProcesses(commandLinePart);
    if (found.length === 0)
      throw new Error(`VS Code runs no process with "${commandLinePart}" in its command line`);
    for (const { pid } of found) signal(pid, "SIGKILL");
    return found;
  }

  /**
   * Ends the server as its service manager would, waits for what extensions have started, kills what is left, and removes
   * the server's folders. Calling it again does nothing.
   * @returns the processes of installed extensions that did not end by themselves within 5 s: empty when all is well
   */
  stop(): Promise<readonly ProcessInfo[]> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #stop(): Promise<readonly ProcessInfo[]> {
    const before = await this.processes();
    await this.#exit();
    const after = await this.processes();
    const family = [...new Map([...before, ...after].map((one) => [one.pid, one])).values()];
    // VS Code's own processes are no concern of a test: its JSON server, for one, looks for its client only now and then.
    const survivors = await outlived(
      family.filter((one) => !one.commandLine.includes(this.#packageFolder)),
      familyTimeout,
    );
    for (const { pid } of await outlived(family, 0)) signal(pid, "SIGKILL");
    await removeFolders(this.#folders);
    return survivors;
  }

  async #exit(): Promise<void> {
    const { child, pid } = this.#launched;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    signal(pid, "SIGTERM");
    const killer = setTimeout(() => signal(pid, "SIGKILL"), exitTimeout);
    await exited;
    clearTimeout(killer);
  }
}

function serverArguments({
  workspaceTrust = false,
  trace = false,
  displayLanguage,
}: CodeServerOptions): string[] {
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  // Should this test run be killed, the server does not outlive it for long.
  const idle = ["--idle-timeout-seconds", "600"];
  const trust = workspaceTrust ? [] : ["--disable-workspace-trust"];
  const language = displayLanguage === undefined ? [] : ["--locale", displayLanguage];
  const log = trace ? ["--log", "trace"] : [];
  return ["--auth", "none", "--bind-addr", "127.0.0.1:0", ...quiet, ...idle, ...trust, ...log, ...language];
}
