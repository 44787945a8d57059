import * as vscode from "vscode";

/** The debug sessions of this window. VS Code names only the active one; the others are known by their start. */
export class DebugSessions implements vscode.Disposable {
  readonly #running = new Set<vscode.DebugSession>();
  readonly #listening = vscode.Disposable.from(
    vscode.debug.onDidStartDebugSession((session) => this.#running.add(session)),
    vscode.debug.onDidTerminateDebugSession((session) => this.#running.delete(session)),
  );

  /** Those that were not started by another one. */
  get names(): string[] {
    const active = vscode.debug.activeDebugSession;
    const all = new Set([...this.#running, ...(active ? [active] : [])]);
    return [...all].filter(({ parentSession }) => !parentSession).map(({ name }) => name);
  }

  dispose(): void {
    this.#listening.dispose();
  }
}
