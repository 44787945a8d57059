import type * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { isSelected } from "../../state/view.js";
import { groupOf, isOwn, userOf } from "../views/groups.js";
import { type AtRest, atRest, newsOf } from "./newsOf.js";

/**
 * Tells the user in one window what happens to their environments without them. Compares what's reported anyway, and
 * asks the gateway for nothing.
 */
export function followOthers(app: App): vscode.Disposable {
  const { environments, store } = app;
  /** Each environment as it was last confirmed at rest, so that a state that only passes isn't news. */
  const known = new Map<string, EnvironmentInfo>();
  const check = (id: string) => {
    const before = known.get(id);
    const view = environments.get(id);
    if (!view) known.delete(id); // another account, or an older list doesn't have it
    const now = view && atRest(view, Date.now());
    if (!now) return;
    if (now === "gone") known.delete(id);
    else known.set(id, now);
    compare(app, before, now);
  };
  return environments.onChange.listen((id) => {
    if (store.view.sandbox) return; // nobody else is there, and a restart resets it
    for (const one of id === undefined ? new Set([...known.keys(), ...environments.ids]) : [id]) check(one);
  });
}

function compare(app: App, before: EnvironmentInfo | undefined, now: AtRest): void {
  if (!before) return;
  const { awareness, handledEnvironments, presence, reporter, log } = app;
  const news = newsOf({
    before,
    now,
    // Read only if something happened, because all rows of a list are compared.
    get isOwn() {
      return isSelected(app.store.view, before) || isOwn(groupOf(before, userOf(app)));
    },
    get isHandled() {
      return handledEnvironments.has(before) || awareness.covers(before);
    },
  });
  if (!news) return;
  const { text, reason, actions } = news;
  const show = () =>
    reason === undefined
      ? reporter.notify("Information", text, actions, {}, before)
      : reporter.notify("Warning", `${text} ${reason}`.trim(), actions, {}, before);
  const tell = async () => {
    // A window that nobody can see leaves it to the others.
    if (await presence.proven()) await awareness.tell(before, show);
  };
  tell().catch((error: unknown) => log.warn(`Couldn't report a change: ${error}`));
}
