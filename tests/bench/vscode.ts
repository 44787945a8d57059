/** Measures what the user waits for in a real VS Code, inside the window and by VS Code itself. */
import type { Browser, Page } from "playwright-core";
import { ownTemporaryFolder } from "../blackbox/support/temporaryFolder.ts";
import { openProfile, startBrowser, viewport } from "../e2e/harness/browser.ts";
import { CodeServer } from "../e2e/harness/codeServer.ts";
import type { Machine } from "../e2e/harness/machine.ts";
import { until } from "../e2e/harness/until.ts";
import { Workbench } from "../e2e/harness/workbench.ts";
import { settledCpu } from "./processes.mjs";

/** The milliseconds of a round. */
export interface Round {
  /** The activation as shown in "Running Extensions": loading the code and calling it. */
  readonly activation: number;
  /** The same if VS Code loads no other extension at the same time. */
  readonly activationAlone: number;
  /** From the key press until the first picker is painted. */
  readonly picker: number;
  /** From the key press until its first items are painted. */
  readonly lines: number;
}

const key = "ctrl+alt+c";
const serverProcess = "companion-server";
/**
 * The other extensions that VS Code activates after startup. It starts the clock of all before it loads the first, so the time of the
 * last one includes all of them.
 */
const neighbours = ["vscode.debug-auto-launch", "vscode.merge-conflict"];

/**
 * Reloads a window for each round, so that no server is running and the extension isn't loaded.
 * @param vsix the package to measure
 */
export async function measureInVSCode(machine: Machine, vsix: string, rounds: number): Promise<Round[]> {
  const removeTemporaryFolder = await ownTemporaryFolder();
  try {
    return await measure(machine, vsix, rounds);
  } finally {
    await removeTemporaryFolder();
  }
}

async function measure(machine: Machine, vsix: string, rounds: number): Promise<Round[]> {
  const keybindings = [{ key, command: "companion.connectTo" }];
  await using server = await CodeServer.start(machine.codeServer, { vsix: [vsix], keybindings });
  const browser = await startBrowser(machine.chromium);
  try {
    const usual = await MeasuredWindow.open(browser, server);
    await usual.enterSandbox();
    const alone = await MeasuredWindow.open(browser, server);
    await alone.disable(neighbours);
    const measured: Round[] = [];
    for (let round = -1; round < rounds; round++) {
      await usual.load();
      const painted = await usual.timeToPicker();
      const activation = await usual.activation();
      await usual.leave();
      await alone.load();
      const activationAlone = await alone.activation();
      await alone.leave();
      if (round >= 0) measured.push({ activation, activationAlone, ...painted }); // one round warms up the caches
    }
    return measured;
  } finally {
    await browser.close();
  }
}

/** A window with its own browser profile. */
class MeasuredWindow {
  readonly #page: Page;
  readonly #server: CodeServer;
  readonly #workbench: Workbench;

  private constructor(page: Page, server: CodeServer) {
    this.#page = page;
    this.#server = server;
    this.#workbench = new Workbench(page, server.url);
  }

  static async open(browser: Browser, server: CodeServer): Promise<MeasuredWindow> {
    const context = await openProfile(browser);
    const window = new MeasuredWindow(await context.newPage(), server);
    await window.load();
    return window;
  }

  /** Reloads it, and waits until Companion is activated and VS Code is idle. */
  async load(): Promise<void> {
    await this.#workbench.open(this.#server.workspace);
    await this.#workbench.statusBarItem("companion.companion.environment").waitFor({ text: /./ });
    await settledCpu(async () => (await this.#server.processes()).map(({ pid }) => pid));
  }

  /** Stops everything. */
  async leave(): Promise<void> {
    await this.#page.goto("about:blank");
    await until(
      "Companion's server to end",
      () => this.#server.findProcesses(serverProcess),
      (processes) => processes.length === 0,
    );
  }

  async enterSandbox(): Promise<void> {
    await this.#workbench.runCommand("Companion: Try the Sandbox");
    await this.#workbench.notifications.waitFor(/^You('re| are) in the sandbox/);
    await this.leave();
  }

  /** Disables extensions, in addition to those that VS Code itself disabled. Their ids are stored in the browser. */
  async disable(ids: readonly string[]): Promise<void> {
    await this.#page.evaluate(async (ids) => {
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await done(indexedDB.open("vscode-web-state-db-global"));
      const store = database.transaction("ItemTable", "readwrite").objectStore("ItemTable");
      const name = "extensionsIdentifiers/disabled";
      const before = JSON.parse(((await done(store.get(name))) as string | undefined) ?? "[]") as object[];
      await done(store.put(JSON.stringify([...before, ...ids.map((id) => ({ id }))]), name));
      database.close();
    }, ids);
    await this.#page.goto("about:blank");
  }

  /** Reads "Running Extensions". */
  async activation(): Promise<number> {
    // As high as the list, because only visible items are in the DOM.
    await this.#page.setViewportSize({ ...viewport, height: 2400 });
    await this.#workbench.runCommand("Developer: Show Running Extensions");
    const row = this.#page.locator(".runtime-extensions-editor .extension", {
      has: this.#page.locator(".name", { hasText: /^Companion$/ }),
    });
    const text = await until(
      "the time of Companion's activation",
      async () => (await row.locator(".activation-time").allInnerTexts()).join(),
      (shown) => /Activation: \d+ms/.test(shown),
    );
    await this.#page.setViewportSize(viewport);
    return Number(/\d+/.exec(text)?.[0]);
  }

  /** Presses the command's key after checking that the server isn't running. */
  async timeToPicker(): Promise<{ picker: number; lines: number }> {
    const running = await this.#server.findProcesses(serverProcess);
    if (running.length > 0) throw new Error("Companion's server runs before any command was given.");
    await this.#page.evaluate(watchForPicker);
    await this.#page.keyboard.press("Control+Alt+c");
    const read = () => this.#page.evaluate(() => (globalThis as unknown as Watched).companionTimes);
    const times = await until(
      "the picker's lines",
      read,
      ({ key, picker, lines }) => !!(key && picker && lines),
    );
    const { key = 0, picker = 0, lines = 0 } = times;
    await this.#workbench.quickInput.cancel();
    return { picker: picker - key, lines: lines - key };
  }
}

interface Watched {
  companionTimes: { key?: number; picker?: number; lines?: number };
}

/** In the page: records when the key is pressed and when the picker is painted. */
function watchForPicker(): void {
  const times: Watched["companionTimes"] = {};
  Object.assign(globalThis, { companionTimes: times });
  const noteOncePainted = (name: "picker" | "lines") =>
    requestAnimationFrame(() => {
      // A message that's sent while a frame is prepared arrives after it.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        times[name] ??= performance.now();
      };
      port2.postMessage(undefined);
    });
  const observer = new MutationObserver(() => {
    const widget = document.querySelector<HTMLElement>(".quick-input-widget");
    const title = widget?.querySelector(".quick-input-title")?.textContent ?? "";
    if (!widget || widget.style.display === "none" || !title.startsWith("Connect")) return;
    if (times.picker === undefined) noteOncePainted("picker");
    if (!widget.querySelector(".quick-input-list .monaco-list-row")) return;
    noteOncePainted("lines");
    observer.disconnect();
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  const onKey = (event: KeyboardEvent) => {
    if (event.code !== "KeyC") return;
    times.key = event.timeStamp;
    removeEventListener("keydown", onKey, true);
  };
  addEventListener("keydown", onKey, true);
}
