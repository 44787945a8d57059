import * as vscode from "vscode";

/** The debug sessions of this window. VS Code exposes only the active one, so this tracks the others. */
export class DebugSessions implements vscode.Disposable {
  readonly #running = new Set<vscode.DebugSession>();
  readonly #listening = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => this.#running.add(session)),
    vscode.debug.onDidTerminateDebugSession((session) => this.#running.delete(session)),
  );

  /** The sessions that weren't started by another session. */
  get names(): string[] {
    const active = vscode.debug.activeDebugSession;
    const all = new Set([...this.#running, ...(active ? [active] : [])]);
    return [...all].filter(({ parentSession }) => !parentSession).map(({ name }) => name);
  }

  dispose(): void {
    this.#listening.dispose();
  }
}
