import * as vscode from "vscode";

/** Delay before a notification is shown, in milliseconds. */
const progressDelay = 1_000;

/**
 * Shows progress if work takes longer than a moment.
 * @param work must observe its token if it's cancellable
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
