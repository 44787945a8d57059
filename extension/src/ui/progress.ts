import * as vscode from "vscode";

/** Milliseconds that work may take before it is worth a notification. */
const patience = 1_000;

/** Shows that something is being worked on, once it takes longer than a moment; cancelling stops the work. */
export async function progressAfterDelay<T>(
  title: string,
  work: (token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const cancellation = new vscode.CancellationTokenSource();
  const working = work(cancellation.token);
  const timer = setTimeout(() => {
    void vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_, token) => {
        token.onCancellationRequested(() => cancellation.cancel());
        await working.catch(() => undefined);
      },
    );
  }, patience);
  try {
    return await working;
  } finally {
    clearTimeout(timer);
    cancellation.dispose();
  }
}
