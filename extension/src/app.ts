import type * as vscode from "vscode";
import type { EventRecord } from "./log/eventRecord.js";
import type { MaskedLog } from "./log/maskedLog.js";
import type { Server } from "./server/server.js";
import type { Credentials } from "./session/credentials.js";
import type { Session } from "./session/session.js";
import type { SignInMarkFile } from "./session/signInMarkFile.js";
import type { Awareness } from "./state/awareness.js";
import type { EnvironmentViews } from "./state/environmentViews.js";
import type { FolderChoiceFile } from "./state/folderChoiceFile.js";
import type { HandledEnvironments } from "./state/handledEnvironments.js";
import type { LastFailure } from "./state/lastFailure.js";
import type { Memento, Memory } from "./state/memory.js";
import type { Presence } from "./state/presence.js";
import type { RoomWaits } from "./state/roomWaits.js";
import type { Store } from "./state/store.js";
import type { DebugSessions } from "./ui/debugSessions.js";
import type { Reporter } from "./ui/report.js";
import type { InFlightCounter } from "./util/inFlightCounter.js";
import type { KeyedLock } from "./util/keyedLock.js";
import type { Signal } from "./util/signal.js";

/** The services that the features share. */
export interface App {
  readonly context: vscode.ExtensionContext;
  /** VS Code's state for this user. Use it instead of the context's, which can lose values. */
  readonly globalState: Memento;
  /** The same for this workspace. */
  readonly workspaceState: Memento;
  readonly log: MaskedLog;
  /** Recent events in this process, for a report. */
  readonly record: EventRecord;
  readonly reporter: Reporter;
  readonly server: Server;
  readonly session: Session;
  readonly credentials: Credentials;
  readonly signInMark: SignInMarkFile;
  readonly store: Store;
  readonly environments: EnvironmentViews;
  /** Lists what the visible views show again. */
  readonly refreshViews: Signal<void>;
  readonly memory: Memory;
  readonly choiceFile: FolderChoiceFile;
  readonly presence: Presence;
  /** The commands that are running. */
  readonly runningCommands: InFlightCounter;
  /** The changes at the gateway that this window is waiting for. */
  readonly runningChanges: InFlightCounter;
  /** The environments that this window is connecting. */
  readonly connectLock: KeyedLock;
  /** The environments whose changes are already reported by another part of this window. */
  readonly handledEnvironments: HandledEnvironments;
  /** Up to when the user knows about each environment's changes, in all windows. */
  readonly awareness: Awareness;
  /** What this workspace waits for. */
  readonly roomWaits: RoomWaits;
  /** The last failed change, so that its buttons stay reachable. */
  readonly lastFailure: LastFailure;
  readonly debugSessions: DebugSessions;
}
