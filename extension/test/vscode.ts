/** A stub of VS Code with what the extension and the language client need without a window. */
import { Emitter, CancellationTokenSource as Source } from "vscode-jsonrpc";

export const version = "1.99.0";
export const env = {
  appName: "Visual Studio Code",
  language: "en",
  clipboard: { writeText: async (text: string) => void recorded.copied.push(text) },
};
export const l10n = { bundle: undefined };

export enum LogLevel {
  Off = 0,
  Trace = 1,
  Debug = 2,
  Info = 3,
  Warning = 4,
  Error = 5,
}

export enum StatusBarAlignment {
  Left = 1,
  Right = 2,
}

export enum ProgressLocation {
  Notification = 15,
}

export class EventEmitter<T> extends Emitter<T> {}
export class CancellationTokenSource extends Source {}
export class CancellationError extends Error {}

export class Disposable {
  readonly dispose: () => void;

  constructor(dispose: () => void) {
    this.dispose = dispose;
  }

  static from(...all: { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const one of all) one.dispose();
    });
  }
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class MarkdownString {
  isTrusted: unknown;

  constructor(readonly value: string) {}
}

/** A log channel that records everything at level Trace. */
export class RecordingLog {
  readonly name = "Companion";
  readonly lines: string[] = [];
  readonly #levelChanged = new EventEmitter<LogLevel>();
  logLevel = LogLevel.Trace;
  readonly onDidChangeLogLevel = this.#levelChanged.event;
  readonly trace = (message: string) => this.lines.push(`trace ${message}`);
  readonly debug = (message: string) => this.lines.push(`debug ${message}`);
  readonly info = (message: string) => this.lines.push(`info ${message}`);
  readonly warn = (message: string) => this.lines.push(`warn ${message}`);
  readonly error = (message: string | Error) => this.lines.push(`error ${message}`);
  readonly append = (value: string) => this.lines.push(value);
  readonly appendLine = (value: string) => this.lines.push(value);
  readonly replace = (value: string) => this.lines.push(value);
  readonly clear = () => undefined;
  readonly show = () => undefined;
  readonly hide = () => undefined;
  readonly dispose = () => undefined;

  get text(): string {
    return this.lines.join("\n");
  }
}

/** A picker without UI. Its lowercase methods simulate the user. */
export class QuickPick {
  readonly #accepted = new EventEmitter<void>();
  readonly #hidden = new EventEmitter<void>();
  readonly #triggered = new EventEmitter<unknown>();
  readonly #active = new EventEmitter<unknown>();
  readonly #value = new EventEmitter<string>();
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerButton = this.#triggered.event;
  readonly onDidChangeActive = this.#active.event;
  readonly onDidChangeValue = this.#value.event;
  /** How often its items were set. */
  drawn = 0;
  #items: readonly { label: string }[] = [];
  activeItems: readonly { label: string }[] = [];
  selectedItems: readonly { label: string }[] = [];
  placeholder = "";
  value = "";
  busy = false;
  readonly show = () => undefined;
  readonly dispose = () => undefined;

  get items(): readonly { label: string }[] {
    return this.#items;
  }

  /** Like VS Code, makes the first item of each new list active unless it's told otherwise. */
  set items(items: readonly { label: string; kind?: number }[]) {
    this.#items = items;
    this.activeItems = items.filter(({ kind }) => kind === undefined).slice(0, 1);
    this.drawn++;
  }

  move(label: string): void {
    this.activeItems = this.#items.filter((item) => item.label === label);
    this.#active.fire(this.activeItems);
  }

  type(text: string): void {
    this.value = text;
    this.#value.fire(text);
  }

  accept(): void {
    this.selectedItems = this.activeItems;
    this.#accepted.fire();
  }

  hide(): void {
    this.#hidden.fire();
  }
}

export enum QuickPickItemKind {
  Separator = -1,
  Default = 0,
}

export const QuickInputButtons = { Back: {} };

export class ThemeIcon {
  constructor(readonly id: string) {}
}

export enum TreeItemCollapsibleState {
  None = 0,
  Collapsed = 1,
  Expanded = 2,
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState = TreeItemCollapsibleState.None,
  ) {}
}

/** A view without UI. Tests set whether it's visible. */
export class TreeView {
  readonly #visibility = new EventEmitter<{ visible: boolean }>();
  readonly onDidChangeVisibility = this.#visibility.event;
  visible = false;
  message = "";
  description = "";
  badge: { value: number; tooltip: string } | undefined;
  readonly dispose = () => undefined;

  constructor(
    readonly id: string,
    readonly options: unknown,
  ) {}

  show(visible: boolean): void {
    this.visible = visible;
    this.#visibility.fire({ visible });
  }
}

export enum ViewColumn {
  Active = -1,
}

/** A page without a browser. Its lowercase methods simulate the user. */
export class WebviewPanel {
  readonly #received = new EventEmitter<unknown>();
  readonly #disposed = new EventEmitter<void>();
  readonly onDidDispose = this.#disposed.event;
  /** What the extension told the page. */
  readonly posted: unknown[] = [];
  /** How often it was revealed. */
  revealed = 0;
  readonly webview = {
    html: "",
    onDidReceiveMessage: this.#received.event,
    postMessage: async (message: unknown) => this.posted.push(message) > 0,
  };

  constructor(
    readonly viewType: string,
    readonly title: string,
    readonly options: unknown,
  ) {}

  reveal(): void {
    this.revealed++;
  }

  say(message: unknown): void {
    this.#received.fire(message);
  }

  close(): void {
    this.#disposed.fire();
  }
}

export interface StatusBarItem {
  readonly id: string;
  name?: string;
  text?: string;
  command?: string;
  tooltip?: MarkdownString;
  backgroundColor?: ThemeColor | undefined;
  accessibilityInformation?: { label: string; role: string };
  shown: boolean;
}

export interface DebugSession {
  readonly name: string;
  readonly parentSession?: DebugSession;
}

export enum TerminalExitReason {
  Process = 2,
}

export interface Terminal {
  readonly options: unknown;
  readonly processId: Promise<number | undefined>;
  exitStatus?: { code: number | undefined; reason: TerminalExitReason };
  show(): void;
}

export const Uri = { file: (path: string) => ({ scheme: "file", path }) };

/** What the extension did in VS Code. */
export const recorded = {
  commands: new Map<string, (...args: unknown[]) => unknown>(),
  executed: [] as unknown[][],
  statusBarItems: [] as StatusBarItem[],
  quickPicks: [] as QuickPick[],
  treeViews: [] as TreeView[],
  webviewPanels: [] as WebviewPanel[],
  messages: [] as string[],
  copied: [] as string[],
  /** The options of the last message if it was modal. */
  modal: undefined as unknown,
  /** The buttons of the last message, and the one to select. */
  buttons: [] as string[],
  click: undefined as string | undefined,
  /** The file that the user chooses to save to, if any, and what was written. */
  saveTarget: undefined as { readonly fsPath: string } | undefined,
  written: new Map<unknown, Uint8Array>(),
  settings: new Map<string, unknown>(),
  debugStarted: new EventEmitter<DebugSession>(),
  debugEnded: new EventEmitter<DebugSession>(),
  terminals: [] as Terminal[],
  terminalClosed: new EventEmitter<Terminal>(),
  windowState: { focused: true },
  windowStateChanged: new EventEmitter<{ focused: boolean }>(),
  /** What someone does in the window's editors and terminals. */
  worked: new EventEmitter<unknown>(),
  documentChanged: new EventEmitter<{ document: { uri: { scheme: string } } }>(),
  settingsChanged: new EventEmitter<unknown>(),
};

type MessageItem = string | { readonly title: string };

const message = async (text: string, ...rest: (MessageItem | { readonly modal: boolean })[]) => {
  const items = rest.filter((item) => typeof item === "string" || "title" in item);
  const titleOf = (item: MessageItem) => (typeof item === "string" ? item : item.title);
  recorded.messages.push(text);
  recorded.modal = rest.find((item) => typeof item !== "string" && "modal" in item);
  recorded.buttons = items.map(titleOf);
  return items.find((item) => titleOf(item) === recorded.click);
};

export const window = {
  state: recorded.windowState,
  onDidChangeWindowState: recorded.windowStateChanged.event,
  onDidChangeActiveTextEditor: recorded.worked.event,
  onDidChangeTextEditorSelection: recorded.worked.event,
  onDidChangeActiveTerminal: recorded.worked.event,
  createOutputChannel: () => new RecordingLog(),
  createStatusBarItem(id: string) {
    const item: StatusBarItem = { id, shown: false };
    recorded.statusBarItems.push(item);
    return Object.assign(item, {
      show: () => (item.shown = true),
      hide: () => (item.shown = false),
      dispose: () => (item.shown = false),
    });
  },
  createTreeView(id: string, options: unknown) {
    const view = new TreeView(id, options);
    recorded.treeViews.push(view);
    return view;
  },
  createWebviewPanel(viewType: string, title: string, _: ViewColumn, options: unknown) {
    const panel = new WebviewPanel(viewType, title, options);
    recorded.webviewPanels.push(panel);
    return panel;
  },
  showSaveDialog: async () => recorded.saveTarget,
  createQuickPick() {
    const picker = new QuickPick();
    recorded.quickPicks.push(picker);
    return picker;
  },
  withProgress: (_: unknown, work: (progress: unknown, token: unknown) => Promise<unknown>) =>
    work({ report: () => undefined }, new CancellationTokenSource().token),
  createTerminal(options: unknown) {
    const terminal: Terminal = { options, processId: Promise.resolve(1), show: () => undefined };
    recorded.terminals.push(terminal);
    return terminal;
  },
  onDidCloseTerminal: recorded.terminalClosed.event,
  showInformationMessage: message,
  showWarningMessage: message,
  showErrorMessage: message,
};

export const debug = {
  activeDebugSession: undefined as DebugSession | undefined,
  onDidStartDebugSession: recorded.debugStarted.event,
  onDidTerminateDebugSession: recorded.debugEnded.event,
};

export const commands = {
  registerCommand(name: string, handler: (...args: unknown[]) => unknown) {
    recorded.commands.set(name, handler);
    return new Disposable(() => recorded.commands.delete(name));
  },
  async executeCommand(...args: unknown[]) {
    recorded.executed.push(args);
  },
};

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined,
  textDocuments: [],
  fs: {
    writeFile: async (target: unknown, bytes: Uint8Array) => void recorded.written.set(target, bytes),
  },
  onDidSaveTextDocument: recorded.worked.event,
  onDidChangeTextDocument: recorded.documentChanged.event,
  onDidChangeConfiguration: recorded.settingsChanged.event,
  getConfiguration: (section?: string) => ({
    get: (name: string, otherwise?: unknown) => recorded.settings.get(`${section}.${name}`) ?? otherwise,
    inspect: (name: string) => ({ globalValue: recorded.settings.get(name) }),
  }),
};
