/** Measures what the user waits for in a real VS Code, inside the window and by VS Code itself. */
import type { Browser, Page } from "playwright-core";
import { openProfile, startBrowser, viewport } from "../e2e/harness/browser.ts";
import { CodeServer, type CodeServerOptions } from "../e2e/harness/codeServer.ts";
import type { Machine } from "../e2e/harness/machine.ts";
import { until } from "../e2e/harness/until.ts";
import { Workbench } from "../e2e/harness/workbench.ts";
import { settledCpu } from "./processes.mjs";

export { ownTemporaryFolder } from "../blackbox/support/temporaryFolder.ts";
export { measureViews } from "./vscodeView.ts";

/** The milliseconds of a round, by figure. */
export type Round = ReadonlyMap<Figure, number>;

export type Figure =
  /** As shown in "Running Extensions": loading the code and calling it. */
  | "activation"
  /** The same if VS Code loads no other extension at the same time. */
  | "activation, alone"
  /** From the key press until the first picker is painted. */
  | "first picker"
  /** From the key press until its first items are painted. */
  | "first picker, lines"
  /** From the key press until environments of the gateway are painted. */
  | "environment rows"
  /** From the choice of an environment until node pools are painted. */
  | "node pool rows"
  /** From VS Code's activation of extensions after a reload until a confirmed state is shown. */
  | "reload"
  /** From typing a filter until the only environment that matches is painted. */
  | "filter";

/** A package to measure, and what its windows use. */
export interface Subject {
  readonly name: string;
  readonly vsix: string;
  /** The package of an extension that shows when VS Code activated it. */
  readonly started: string;
  readonly gatewayUrl: string;
}

const keybindings = [
  { key: "ctrl+alt+c", command: "companion.connectTo" },
  { key: "ctrl+alt+e", command: "companion.selectEnvironment" },
];
const itemId = "companion.companion.environment";
const startedId = "companion-test.started.at";
const serverProcess = "companion-server";
/**
 * The other extensions that VS Code activates after startup. It starts the clock of all before it loads the first, so the time of the
 * last one includes all of them.
 */
const neighbours = ["vscode.debug-auto-launch", "vscode.merge-conflict"];
/** How many environments and node pools the gateway lists. */
const [usualCount, highCount] = [300, 10_000];

/**
 * Measures the subjects in turns. Reloads a window for each figure, so that no server is running and the extension isn't loaded.
 * @returns the rounds of each subject, by its name
 */
export async function measureInVSCode(
  machine: Machine,
  subjects: readonly Subject[],
  rounds: number,
): Promise<Map<string, Round[]>> {
  const servers: CodeServer[] = [];
  const browser = await startBrowser(machine.chromium);
  try {
    const windows = new Map<string, Windows>();
    for (const subject of subjects)
      windows.set(subject.name, await openWindows(machine, browser, subject, servers));
    const measured = new Map(subjects.map(({ name }) => [name, [] as Round[]]));
    for (let round = -1; round < rounds; round++)
      for (const [name, own] of windows) {
        const figures = await measureRound(own);
        if (round >= 0) measured.get(name)?.push(figures); // one round warms up the caches
      }
    return measured;
  } finally {
    await browser.close();
    for (const server of servers) await server[Symbol.asyncDispose]();
  }
}

/** The windows of a subject. */
interface Windows {
  /** In the sandbox. */
  readonly usual: MeasuredWindow;
  /** In the sandbox, without other extensions. */
  readonly alone: MeasuredWindow;
  /** Without an environment. */
  readonly unselected: MeasuredWindow;
  readonly selected: MeasuredWindow;
  /** With many environments. */
  readonly many: MeasuredWindow;
}

async function openWindows(
  machine: Machine,
  browser: Browser,
  { vsix, started, gatewayUrl }: Subject,
  servers: CodeServer[],
): Promise<Windows> {
  const start = async (options: CodeServerOptions = {}) => {
    const server = await CodeServer.start(machine.codeServer, { vsix: [vsix], keybindings, ...options });
    servers.push(server);
    return server;
  };
  const startSignedIn = (count: number, ...others: string[]) =>
    start({
      vsix: [vsix, ...others],
      settings: { "companion.gatewayUrl": gatewayUrl },
      // With an account, as the extension passes it for a user who has signed in.
      environment: { FIREWORKS_API_KEY: `fw_bench_acme-${count}`, FIREWORKS_ACCOUNT_ID: `acme-${count}` },
    });
  const sandbox = await start();
  const usual = await MeasuredWindow.open(browser, sandbox);
  await usual.enterSandbox();
  const alone = await MeasuredWindow.open(browser, sandbox);
  await alone.disable(neighbours);
  const unselected = await MeasuredWindow.open(browser, await startSignedIn(usualCount));
  await unselected.leave();
  const selected = await MeasuredWindow.open(browser, await startSignedIn(usualCount, started));
  await selected.select("e7");
  const many = await MeasuredWindow.open(browser, await startSignedIn(highCount));
  await many.leave();
  return { usual, alone, unselected, selected, many };
}

async function measureRound({ usual, alone, unselected, selected, many }: Windows): Promise<Round> {
  const figures = new Map<Figure, number>();

  await usual.load();
  await usual.expectNoServer();
  const { box, rows } = await usual.timeRows({ keys: "Control+Alt+c", code: "KeyC", row: "." });
  figures.set("first picker", box).set("first picker, lines", rows);
  await usual.closePicker();
  figures.set("activation", await usual.activation());
  await usual.leave();

  await alone.load();
  figures.set("activation, alone", await alone.activation());
  await alone.leave();

  await unselected.load();
  await unselected.expectNoServer();
  const environments = { keys: "Control+Alt+c", code: "KeyC", row: "Environment e" };
  figures.set("environment rows", (await unselected.timeRows(environments)).rows);
  const nodePools = { keys: "Enter", code: "Enter", row: "GPUs? free|p5[.]48xlarge" };
  figures.set("node pool rows", (await unselected.timeRows(nodePools)).rows);
  await unselected.leave();

  figures.set("reload", await selected.timeToConfirm());
  await selected.leave();

  await many.load();
  await many.openEnvironments();
  const typed = `e${highCount - 2}`;
  figures.set(
    "filter",
    (await many.timeRows({ text: typed, code: "KeyE", row: `Environment ${typed}` })).rows,
  );
  await many.leave();
  return figures;
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
    await this.#workbench.statusBarItem(itemId).waitFor({ text: /./ });
    await settledCpu(async () => (await this.#server.processes()).map(({ pid }) => pid));
  }

  /** Stops everything. */
  async leave(): Promise<void> {
    await this.#page.goto("about:blank");
    await this.#server.endWindows();
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

  async expectNoServer(): Promise<void> {
    const running = await this.#server.findProcesses(serverProcess);
    if (running.length > 0) throw new Error("Companion's server runs before any command was given.");
  }

  /** Times from a key press until the picker, and rows in it that match a pattern, are painted, in milliseconds. */
  async timeRows({ keys, text, code, row }: Typed): Promise<{ box: number; rows: number }> {
    await this.#page.evaluate(watchForRows, { code, row });
    if (text === undefined) await this.#page.keyboard.press(keys ?? code);
    else await this.#page.keyboard.type(text);
    const read = () => this.#page.evaluate(() => (globalThis as unknown as Watched).companionTimes);
    const isComplete = (times: Times) => !!(times.key && times.box && times.rows);
    const { key = 0, box = 0, rows = 0 } = await until(`rows that match ${row}`, read, isComplete, 60_000);
    return { box: box - key, rows: rows - key };
  }

  async closePicker(): Promise<void> {
    await this.#workbench.quickInput.cancel();
  }

  /** Opens the list of environments, and waits until all of them are loaded. */
  async openEnvironments(): Promise<void> {
    await this.#page.keyboard.press("Control+Alt+e");
    await this.#workbench.quickInput.waitFor({ placeholder: "Choose an environment" }, 120_000);
    await settledCpu(async () => (await this.#server.processes()).map(({ pid }) => pid));
  }

  async select(environmentId: string): Promise<void> {
    const name = `Environment ${environmentId}`;
    await this.#page.keyboard.press("Control+Alt+e");
    await this.#workbench.quickInput.choose(name);
    await this.#workbench.statusBarItem(itemId).waitFor({ text: new RegExp(`^${name}\\b`) });
    await this.#workbench.waitUntilStored("companion.companion", environmentId);
    await this.leave();
  }

  /** Times from the activation of extensions in a new window until the state is confirmed, in milliseconds. */
  async timeToConfirm(): Promise<number> {
    await this.#page.addInitScript(watchForConfirmed, itemId);
    await this.#workbench.open(this.#server.workspace);
    const activated = await this.#workbench.statusBarItem(startedId).waitFor({ text: /^\d+$/ });
    const read = () => this.#page.evaluate(() => (globalThis as unknown as Confirmed).companionConfirmed);
    const confirmed = await until("a confirmed state", read, (time) => time !== undefined, 60_000);
    return (confirmed ?? 0) - Number(activated.text);
  }
}

interface Typed {
  /** The keys to press. */
  readonly keys?: string;
  /** The text to type instead. */
  readonly text?: string;
  /** The code of the key that starts the clock. */
  readonly code: string;
  /** A regular expression for the rows. */
  readonly row: string;
}

interface Times {
  key?: number;
  box?: number;
  rows?: number;
}

interface Watched {
  companionTimes: Times;
}

interface Confirmed {
  /** Wall clock time in milliseconds. */
  companionConfirmed?: number;
}

/** In the page: records when the key is pressed and when the picker and the rows are painted. */
function watchForRows({ code, row }: { code: string; row: string }): void {
  const times: Times = {};
  Object.assign(globalThis, { companionTimes: times });
  const noteOncePainted = (name: "box" | "rows") =>
    requestAnimationFrame(() => {
      // A message that's sent while a frame is prepared arrives after it.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        times[name] ??= performance.now();
      };
      port2.postMessage(undefined);
    });
  const pattern = new RegExp(row);
  const observer = new MutationObserver(() => {
    const widget = document.querySelector<HTMLElement>(".quick-input-widget");
    if (!times.key || !widget || widget.style.display === "none") return;
    if (!widget.querySelector(".quick-input-title")?.textContent) return;
    if (times.box === undefined) noteOncePainted("box");
    const rows = [...widget.querySelectorAll(".quick-input-list .monaco-list-row")];
    if (!rows.some(({ textContent }) => pattern.test(textContent ?? ""))) return;
    noteOncePainted("rows");
    observer.disconnect();
  });
  observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  const onKey = (event: KeyboardEvent) => {
    if (event.code !== code) return;
    times.key = event.timeStamp;
    removeEventListener("keydown", onKey, true);
  };
  addEventListener("keydown", onKey, true);
}

/** In the page, before it loads: records when the status bar shows an environment without a question mark. */
function watchForConfirmed(itemId: string): void {
  const observer = new MutationObserver(() => {
    const text = document.getElementById(itemId)?.textContent ?? "";
    if (!text.includes("Environment") || text.includes("?")) return;
    Object.assign(globalThis, { companionConfirmed: Date.now() });
    observer.disconnect();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
}
