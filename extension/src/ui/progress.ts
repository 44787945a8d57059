import * as vscode from "vscode";

/** Milliseconds that work may take before it is worth a notification. */
const progressDelay = 1_000;

/**
 * Shows that something is being worked on, once it takes longer than a moment.
 * @param work stops when its token says so, where it is given out as cancellable
 */
export async function progressAfterDelay<T>(
  title: string,
  work: (token: vscode.CancellationToken) => Promise<T>,
  cancellable = false,
): Promise<T> {
  const cancellation = new vscode.CancellationTokenSource();
  const working = work(cancellation.token);
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable },
      async (_, token) => {
        token.onCancellationRequested(() => cancellation.cancel());
        await working.catch(() => undefined);
      },
    );
  }, progressDelay);
  try {
    return await working;
  } finally {
    clearTimeout(timer);
    cancellation.dispose();
  }
}
