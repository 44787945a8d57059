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
  refillFolders,
  removeFolders,
} from "./folders.ts";
import { installExtensions } from "./installedExtensions.ts";
import { type CodeServerInstall, type Launched, launch, listening } from "./launch.ts";
import { descendantsOf, listProcesses, outlived, type ProcessInfo, signal } from "./processes.ts";
import type { Settings } from "./settings.ts";

export interface CodeServerOptions extends Contents {
  /** VSIX files to install before the start. */
  readonly vsix?: readonly string[];
  /** Environment variables for VS Code and its extensions. By default, `HOME` is a new empty folder. */
  readonly environment?: Environment;
  /**
   * False by default, so that every folder is trusted. If true, folders open in Restricted Mode without a question.
   */
  readonly workspaceTrust?: boolean;
  /** If true, VS Code and all output channels log at level Trace. */
  readonly trace?: boolean;
}

/** Timeout for the start in milliseconds. */
const startTimeout = 60_000;
/** Time that code-server has to end, in milliseconds. */
const exitTimeout = 10_000;
/**
 * Time that processes of extensions have to end afterwards, in milliseconds. More than the 2 s in which the server
 * notices it.
 */
const familyTimeout = 5_000;

/** The version of VS Code in a code-server install, which extensions read from `vscode.version`. */
export function vscodeVersion(install: CodeServerInstall): string {
  const text = readFileSync(join(packageFolder(install), "lib", "vscode", "product.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

/** The folder of the code-server package, which is in the command lines of all VS Code processes. */
function packageFolder({ entry }: CodeServerInstall): string {
  return join(dirname(entry), "..", "..");
}

/** A running VS Code server with its own folders. It doesn't see or change anything of this machine's user. */
export class CodeServer implements AsyncDisposable {
  /** The server's address: `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The folder that tests open. */
  readonly workspace: string;
  /** The `HOME` of VS Code and its extensions. */
  readonly home: string;
  /** VS Code's user data folder, with settings, logs, and state. */
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
   * Installs the extensions, and starts a server on a free port of the loopback interface.
   * @returns when it responds
   * @throws {Error} with the output of code-server, if an install fails or it doesn't respond within a minute
   */
  static async start(install: CodeServerInstall, options: CodeServerOptions = {}): Promise<CodeServer> {
    const folders = await createFolders(options, options.environment?.HOME);
    // An empty gallery keeps VS Code from checking the Marketplace for updates or recommendations.
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
   * Returns the text of an output channel from all windows and reloads, the oldest first.
   * @param name as the Output panel lists it
   * @returns "" if it's empty
   */
  async readOutput(name: string): Promise<string> {
    const logs = join(this.userData, "logs");
    const files = existsSync(logs) ? await readdir(logs, { recursive: true }) : [];
    const channel = files.filter((file) => basename(file).replace(/^\d+-/, "") === `${name}.log`);
    channel.sort((one, other) => one.localeCompare(other, "en", { numeric: true }));
    return (await Promise.all(channel.map((file) => readFile(join(logs, file), "utf8")))).join("");
  }

  /** Returns the text of the user's settings.json. It can be incomplete while VS Code is writing it. */
  async readSettings(): Promise<string> {
    return readSettings(this.#folders);
  }

  /** Changes the user's settings.json. Windows follow automatically. */
  async changeSettings(changes: Settings): Promise<void> {
    await changeSettings(this.#folders, changes);
  }

  /** Returns the descendants of this server: extension hosts and what they started. */
  async processes(): Promise<ProcessInfo[]> {
    return descendantsOf(this.#launched.pid, await listProcesses());
  }

  /** Returns the {@link processes} whose command line contains a text. */
  async findProcesses(commandLinePart: string): Promise<ProcessInfo[]> {
    return (await this.processes()).filter((one) => one.commandLine.includes(commandLinePart));
  }

  /**
   * Kills the processes that {@link findProcesses} finds, like `kill -9`.
   * @returns the killed processes
   * @throws {Error} if there are none
   */
  async killProcesses(commandLinePart: string): Promise<ProcessInfo[]> {
    const found = await this.findProcesses(commandLinePart);
    if (found.length === 0)
      throw new Error(`VS Code runs no process with "${commandLinePart}" in its command line`);
    for (const { pid } of found) signal(pid, "SIGKILL");
    return found;
  }

  /** Whether it's still running. It ends by itself after 10 minutes without a window. */
  get isRunning(): boolean {
    const { exitCode, signalCode } = this.#launched.child;
    return exitCode === null && signalCode === null;
  }

  /**
   * Ends what its windows have left behind. Call it when they're closed.
   * @returns processes of extensions that didn't end within 5 s; should be empty
   */
  async endWindows(): Promise<readonly ProcessInfo[]> {
    const family = await this.processes();
    const ofType = (type: string) => family.filter((one) => one.commandLine.includes(`--type=${type}`));
    // VS Code keeps the terminals of a closed window, and the extension host of a window that crashed, for hours.
    const terminals = ofType("ptyHost").flatMap(({ pid }) => descendantsOf(pid, family));
    for (const { pid } of terminals) signal(pid, "SIGKILL");
    for (const { pid } of await outlived(ofType("extensionHost"), familyTimeout)) signal(pid, "SIGKILL");
    return this.#survivors(family);
  }

  /** Makes its folders as if it had just been started. Call it when its windows have ended. */
  async refill(contents: Contents): Promise<void> {
    await refillFolders(this.#folders, contents);
  }

  /**
   * Ends the server, waits for processes of extensions, kills the rest, and removes the server's folders. Can be
   * called again.
   * @returns processes of extensions that didn't end within 5 s; should be empty
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
    const survivors = await this.#survivors(family);
    for (const { pid } of await outlived(family, 0)) signal(pid, "SIGKILL");
    await removeFolders(this.#folders);
    return survivors;
  }

  /** VS Code's own processes don't matter: its JSON server, for example, rarely checks for its client. */
  async #survivors(family: readonly ProcessInfo[]): Promise<readonly ProcessInfo[]> {
    const own = family.filter((one) => !one.commandLine.includes(this.#packageFolder));
    return outlived(own, familyTimeout);
  }

  async #exit(): Promise<void> {
    const { child, pid } = this.#launched;
    if (!this.isRunning) return;
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
  // If this test run is killed, the server must end too.
  const idle = ["--idle-timeout-seconds", "600"];
  const trust = workspaceTrust ? [] : ["--disable-workspace-trust"];
  const language = displayLanguage === undefined ? [] : ["--locale", displayLanguage];
  const log = trace ? ["--log", "trace"] : [];
  return ["--auth", "none", "--bind-addr", "127.0.0.1:0", ...quiet, ...idle, ...trust, ...log, ...language];
}
