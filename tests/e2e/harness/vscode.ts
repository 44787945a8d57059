import { existsSync } from "node:fs";
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, ConsoleMessage, Page } from "playwright-core";
import { type CodeServer, type CodeServerOptions, vscodeVersion } from "./codeServer.ts";
import type { Machine } from "./machine.ts";
import { type Running, release, stop, take } from "./running.ts";
import type { Artefacts } from "./screenshots.ts";
import { SettingsEditor } from "./settingsEditor.ts";
import { type ThemeName, themes, waitForTheme } from "./themes.ts";
import { until } from "./until.ts";
import { Workbench } from "./workbench.ts";

/** A VS Code server, and a browser with its windows. */
export class VSCode {
  /** The version of VS Code, which extensions read from `vscode.version`. */
  readonly version: string;
  readonly server: CodeServer;
  /** The first window. */
  readonly workbench: Workbench;

  readonly #running: Running;
  readonly #artefacts: Artefacts;
  readonly #console: string[] = [];
  readonly #onConsole = (message: ConsoleMessage) =>
    this.#console.push(`${message.type()}: ${message.text()}`);

  private constructor(version: string, running: Running, page: Page, artefacts: Artefacts) {
    this.version = version;
    this.server = running.server;
    this.workbench = new Workbench(page, running.server.url);
    this.#running = running;
    this.#artefacts = artefacts;
    this.#context.on("console", this.#onConsole);
  }

  /** Opens the workspace folder of a server in the first window. */
  static async start(machine: Machine, artefacts: Artefacts, options?: CodeServerOptions): Promise<VSCode> {
    const running = await take(machine, options);
    try {
      const version = vscodeVersion(machine.codeServer);
      const vscode = new VSCode(version, running, await running.context.newPage(), artefacts);
      await vscode.workbench.open(running.server.workspace).catch(async (error) => {
        await vscode.saveEvidence();
        throw error;
      });
      return vscode;
    } catch (error) {
      await stop(running);
      throw error;
    }
  }

  get #context(): BrowserContext {
    return this.#running.context;
  }

  /** Opens a second window of the same user, by default with the same folder. */
  async openWindow(folder: string = this.server.workspace): Promise<Workbench> {
    const workbench = new Workbench(await this.#context.newPage(), this.server.url);
    await workbench.open(folder);
    return workbench;
  }

  /**
   * Changes a text setting in the Settings editor of the first window. All windows follow at once, which isn't always
   * the case if settings.json is replaced.
   */
  async changeSetting(id: string, value: string): Promise<void> {
    await this.workbench.runCommand("Preferences: Open User Settings");
    const editor = new SettingsEditor(this.workbench.page);
    await editor.setText(id, value);
    await until(
      `${id} to be saved`,
      () => this.server.readSettings(),
      (saved) => saved.includes(`"${id}": ${JSON.stringify(value)}`),
    );
    await editor.close();
  }

  /** Selects another theme in the first window, and waits until it's applied. */
  async useTheme(name: ThemeName): Promise<void> {
    await this.workbench.runCommand("Preferences: Color Theme");
    await this.workbench.quickInput.choose(themes[name].label);
    await waitForTheme(this.workbench.page, name);
  }

  /**
   * Takes a screenshot of a window, by default the first one: `out/e2e/<test>/NN-name.png`.
   * @returns its absolute path
   */
  async screenshot(name: string, of: Workbench = this.workbench): Promise<string> {
    return this.#artefacts.screenshot(of.page, name);
  }

  /** Takes a screenshot of the first window's status bar. */
  async pictureOfStatusBar(name: string): Promise<string> {
    return this.#artefacts.screenshot(this.workbench.page.locator(".part.statusbar"), name);
  }

  /** Saves screenshots of all windows and all logs, to help understand a failure. */
  async saveEvidence(): Promise<void> {
    const { folder } = this.#artefacts;
    for (const page of this.#context.pages()) {
      await this.#artefacts.screenshot(page, "failed").catch(() => undefined);
    }
    await writeFile(join(folder, "browser-console.log"), `${this.#console.join("\n")}\n`);
    await writeFile(join(folder, "code-server.log"), this.server.output());
    const logs = join(this.server.userData, "logs");
    if (existsSync(logs)) await cp(logs, join(folder, "logs"), { recursive: true });
  }

  /**
   * Closes the windows. The server and the browser are for the next test, unless this one has failed.
   * @throws {Error} if a process of an extension has outlived it
   */
  async end({ failed }: { readonly failed: boolean }): Promise<void> {
    this.#context.off("console", this.#onConsole);
    const survivors = await (failed ? stop : release)(this.#running);
    if (survivors.length === 0) return;
    const lines = survivors.map((one) => `  ${one.pid} ${one.commandLine}`);
    throw new Error(`processes that outlived VS Code:\n${lines.join("\n")}`);
  }
}
