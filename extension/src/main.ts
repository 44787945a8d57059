import { setTimeout as delay } from "node:timers/promises";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "./app.js";
import { type CommandName, commands } from "./commands/commands.js";
import { createServer, findProgram } from "./createServer.js";
import { offerTools } from "./features/agents/languageModelTools.js";
import { offerMcpServer } from "./features/agents/mcpServer.js";
import { followUnsettled } from "./features/change/followUnsettled.js";
import { followPlan } from "./features/disconnect/followPlan.js";
import { followIdle } from "./features/idle/followIdle.js";
import { followLastWindow } from "./features/lastWindow/followLastWindow.js";
import { defaultEnd } from "./features/lease/defaultEnd.js";
import { extendWhileBusy } from "./features/lease/extendWhileBusy.js";
import { followLeaseEnding } from "./features/lease/followLeaseEnding.js";
import { startForPassedEnds } from "./features/lease/startForPassedEnds.js";
import { createLog, showLog } from "./features/log/log.js";
import { followContext } from "./features/menu/context.js";
import { followOthers } from "./features/others/followOthers.js";
import { followPresence, presenceOfWindow } from "./features/presence/followPresence.js";
import { leaveSandbox } from "./features/sandbox/sandbox.js";
import { followServer, followSettings, restartServer } from "./features/server/restartServer.js";
import { followSignIn } from "./features/signIn/followSignIn.js";
import { refreshStaleState } from "./features/statusBar/refreshStaleState.js";
import { createStatusBar } from "./features/statusBar/statusBar.js";
import { applyTerminalCommand } from "./features/terminal/terminalCommand.js";
import { followUnverified } from "./features/unverified/unverified.js";
import { registerViews } from "./features/views/registerViews.js";
import { followWaits } from "./features/waiting/followWaits.js";
import { folderOfWindow, followChoice } from "./features/windows/followChoice.js";
import { EventRecord } from "./log/eventRecord.js";
import { SecretMask } from "./log/secretMask.js";
import { commandRunner, type Handler, type RunCommand } from "./runCommand.js";
import { accountChoice } from "./session/accountChoice.js";
import { Credentials } from "./session/credentials.js";
import { KeyStore } from "./session/keyStore.js";
import { Session } from "./session/session.js";
import { SignInMarkFile } from "./session/signInMarkFile.js";
import { Awareness } from "./state/awareness.js";
import { EnvironmentViews } from "./state/environmentViews.js";
import { FolderChoiceFile } from "./state/folderChoiceFile.js";
import { HandledEnvironments } from "./state/handledEnvironments.js";
import { LastFailure } from "./state/lastFailure.js";
import { Memory } from "./state/memory.js";
import { RoomWaits } from "./state/roomWaits.js";
import { SerialMemento } from "./state/serialMemento.js";
import { Store } from "./state/store.js";
import { isSignedOut } from "./state/view.js";
import { DebugSessions } from "./ui/debugSessions.js";
import { pickerDuring } from "./ui/earlyPicker.js";
import { Reporter } from "./ui/report.js";
import { InFlightCounter } from "./util/inFlightCounter.js";
import { KeyedLock } from "./util/keyedLock.js";
import { Signal } from "./util/signal.js";

/** How long other extensions have the extension host to themselves before each file that's loaded ahead, in milliseconds. */
const betweenFiles = 500;

/** Whether Companion's server has run for this user. */
const usedBefore = "usedBefore";

/** Handlers of commands that work without the rest of the extension. */
const eager = { leaveSandbox, restartServer, showLog };

function handlerOf(name: CommandName): Handler {
  if (isEager(name)) return eager[name];
  const { needsAccount, startsWithPicker } = commands[name];
  const title = commands[name].title().replace("…", "");
  const prepare = async (app: App) => {
    const { ensureAccount, handlers } = await import("./lazyCommands.js");
    return !needsAccount || (await ensureAccount(app, title)) ? handlers[name] : undefined;
  };
  return async (app, environment) => {
    const isEarly = !environment && app.server.state !== "running" && startsWithPicker?.(app.store.view);
    const handler = await (isEarly ? pickerDuring(title, prepare(app)) : prepare(app));
    if (handler && handler !== "cancelled") await handler(app, environment);
  };
}

function isEager(name: CommandName): name is keyof typeof eager {
  return name in eager;
}

/** The running extension. */
export interface Extension {
  readonly run: RunCommand;
  /** Stops the server. */
  readonly stop: () => Promise<void>;
}

/** Shows the last known state, and follows what can change it. */
export function start(context: vscode.ExtensionContext): Extension {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const app = compose(context);
  app.memory.restore(app.store);
  app.credentials.showMark();
  applyTerminalCommand(app);
  context.subscriptions.push(
    app.log,
    app.debugSessions,
    app.memory.follow(app.store),
    followChoice(app),
    vscode.window.onDidChangeWindowState(() => app.session.focusChanged()),
    followContext(app),
    followPresence(app),
    followSignIn(app),
    followServer(app),
    followUnsettled(app),
    followOthers(app),
    followLastWindow(app),
    followLeaseEnding(app, async (app, ending) =>
      (await import("./lazyCommands.js")).tellEnding(app, ending),
    ),
    startForPassedEnds(app),
    extendWhileBusy(app, async (...args) => (await import("./lazyCommands.js")).extendIfBusy(...args)),
    followIdle(app, async (app, minutes) =>
      (await import("./lazyCommands.js")).remindOfConnection(app, minutes),
    ),
    followPlan(app, async (app) => (await import("./lazyCommands.js")).carryOutPlan(app)),
    followWaits(app),
    followSettings(app),
    offerMcpServer(app, findProgram),
    offerTools(app, findProgram),
    followUnverified(app),
    registerViews(app, async () => (await import("./lazyCommands.js")).showViews),
    refreshStaleState(app),
    createStatusBar(app),
    loadAhead(app),
  );
  return { run: commandRunner(app, handlerOf), stop: () => app.server.stop() };
}

/** Loads what the first command needs once VS Code has started, one file at a time, for those who have used it before. */
function loadAhead({ globalState, server, store }: App): vscode.Disposable {
  const files = [
    () => import("./lazyClient.js"),
    () => import("./lazyCommands.js"),
    () => import("./lazyServer.js"),
  ];
  const ended = new AbortController();
  const load = async () => {
    for (const file of files) {
      await delay(betweenFiles, undefined, { signal: ended.signal, ref: false });
      if (globalState.get(usedBefore) && !isSignedOut(store.view)) await file();
    }
  };
  load().catch(() => undefined); // whoever needs it reports the error
  return vscode.Disposable.from(
    new vscode.Disposable(() => ended.abort()),
    server.onState.listen((state) => {
      if (state === "running" && !globalState.get(usedBefore)) void globalState.update(usedBefore, true);
    }),
  );
}

function compose(context: vscode.ExtensionContext): App {
  const mask = new SecretMask();
  const record = new EventRecord((text) => mask.apply(text));
  const log = createLog(mask, record);
  const store = new Store();
  const choiceFile = new FolderChoiceFile(context.globalStorageUri.fsPath, folderOfWindow());
  const globalState = new SerialMemento(context.globalState);
  const workspaceState = new SerialMemento(context.workspaceState);
  const memory = new Memory(choiceFile, workspaceState, globalState, defaultEnd, (line) => log.warn(line));
  const server = createServer({ context, log, memory, mask, record });
  const signInMark = new SignInMarkFile(context.globalStorageUri.fsPath);
  const credentials = new Credentials({
    server,
    store,
    keys: new KeyStore(context.secrets),
    mark: signInMark,
    account: accountChoice(memory),
    mask,
    now: Date.now,
  });
  const environments = new EnvironmentViews(store);
  const session = new Session({
    server,
    store,
    credentials,
    isFocused: () => vscode.window.state.focused,
    log: (message) => log.info(message),
  });
  const reporter = new Reporter(log, mask);
  return {
    context,
    globalState,
    workspaceState,
    log,
    record,
    reporter,
    server,
    session,
    credentials,
    signInMark,
    store,
    environments,
    refreshViews: new Signal(),
    memory,
    choiceFile,
    presence: presenceOfWindow(),
    runningCommands: new InFlightCounter(),
    runningChanges: new InFlightCounter(),
    connectLock: new KeyedLock(),
    handledEnvironments: new HandledEnvironments(),
    awareness: new Awareness(context.globalStorageUri.fsPath, (line) => log.warn(line)),
    roomWaits: new RoomWaits(workspaceState, (line) => log.warn(line)),
    lastFailure: new LastFailure(),
    debugSessions: new DebugSessions(),
  };
}
