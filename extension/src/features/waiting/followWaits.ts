import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { hasTimeLeft, type RoomWait } from "../../state/roomWaits.js";
import { isSelected, nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** Offers to resume what waited for room when VS Code was closed. Nothing is sent before the user says so. */
export function followWaits(app: App): vscode.Disposable {
  const { log, memory, presence, roomWaits, store } = app;
  const left = roomWaits.all.filter(({ sandbox }) => sandbox === memory.sandbox);
  for (const wait of left) {
    const { environment } = wait;
    store.dispatch({ type: "waitingForRoom", environment, wait: { ...wait, isStopped: true } });
  }
  const offer = async () => {
    if (await presence.proven()) for (const wait of left) offerToResume(app, wait);
  };
  const first =
    left.length > 0 ? setTimeout(() => void offer().catch((error) => log.warn(String(error)))) : undefined;
  let before = store.view.roomWait;
  return vscode.Disposable.from(
    new vscode.Disposable(() => clearTimeout(first)),
    store.onChange.listen((view) => {
      const earlier = before;
      before = view.roomWait;
      const isDropped = earlier?.isStopped && !before && isSelected(view, earlier.environment);
      if (isDropped) roomWaits.drop(earlier.id);
    }),
  );
}

function offerToResume({ reporter, roomWaits }: App, wait: RoomWait): void {
  const { id, environment, connection } = wait;
  const name = singleLine(nameOf(environment));
  const { nodePoolId } = connection;
  if (hasTimeLeft(wait, Date.now())) {
    reporter.notify(
      "Warning",
      l10n.t(
        "{0} is no longer waiting for room in {1}, because the window was closed or reloaded.",
        name,
        nodePoolId,
      ),
      ["resumeWaiting"],
      {},
      environment,
    );
    return;
  }
  roomWaits.drop(id);
  reporter.notify(
    "Warning",
    l10n.t(
      "{0} didn't wait for room in {1} until the time that you set, because the window was closed.",
      name,
      nodePoolId,
    ),
    ["connectTo"],
    {},
    environment,
  );
}
