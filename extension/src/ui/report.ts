import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { commands, idOf } from "../commands/commands.js";
import { explain, isExpected } from "../errors/explain.js";
import { isCancelled } from "../errors/rpcError.js";
import type { Action } from "../errors/userError.js";
import type { MaskedLog } from "../log/maskedLog.js";
import type { SecretMask } from "../log/secretMask.js";
import type { Selection } from "../state/view.js";
import { Signal } from "../util/signal.js";

/** Shows notifications with actions. */
export class Reporter {
  /** An error was shown to the user. */
  readonly onError = new Signal<unknown>();
  readonly #log: MaskedLog;
  readonly #mask: SecretMask;

  constructor(log: MaskedLog, mask: SecretMask) {
    this.#log = log;
    this.#mask = mask;
  }

  /** Masks secrets in a text. */
  mask(text: string): string {
    return this.#mask.apply(text);
  }

  /**
   * Shows an error, unless the user canceled.
   * @param own callbacks for actions that have no command
   */
  error(error: unknown, own?: OwnActions): void {
    if (isCancelled(error) || error instanceof vscode.CancellationError) return;
    const { message, detail, actions } = explain(error);
    this.#log.error(error instanceof Error && !isExpected(error) ? error : message);
    this.notify("Error", detail ? `${message} ${detail}` : message, actions, own);
    this.onError.fire(error);
  }

  /**
   * Shows a notification without waiting for an answer.
   * @param own callbacks for actions that have no command; without a callback, they aren't offered
   * @param on the environment that commands act on, by default the workspace's
   */
  notify(
    kind: "Error" | "Warning" | "Information",
    message: string,
    actions: readonly Action[],
    own: OwnActions = {},
    on?: Selection,
  ): void {
    const offered = actions.filter((action) => !isOwn(action) || own[action] !== undefined);
    const buttons = offered.map((action) => ({ title: actionTitle(action), action }));
    const show: Show<(typeof buttons)[number]> = vscode.window[`show${kind}Message`];
    show(withoutLinks(this.#mask.apply(message)), ...buttons).then((chosen) => {
      if (!chosen) return;
      const { action } = chosen;
      if (isOwn(action)) own[action]?.();
      else void runAction(action, on);
    });
  }
}

/** Actions that need a callback. */
const ownActions = [
  "tryAgain",
  "waitForRoom",
  "rebuildSnapshots",
  "forceDisconnect",
  "extend",
  "clearEnd",
  "openFile",
] as const;

type OwnAction = (typeof ownActions)[number];

export type OwnActions = { readonly [A in OwnAction]?: (() => unknown) | undefined };

/** Whether an action needs a callback. */
export function isOwn(action: Action): action is OwnAction {
  return (ownActions as readonly Action[]).includes(action);
}

/** Prevents VS Code from turning [text](address) in a message into a link. */
function withoutLinks(message: string): string {
  return message.replaceAll("](", "] (");
}

type Show<T extends vscode.MessageItem> = (message: string, ...items: T[]) => Thenable<T | undefined>;

/** The text of an action's button. */
export function actionTitle(action: Action): string {
  switch (action) {
    case "connect":
      return l10n.t("Connect…");
    case "reloadWindow":
      return l10n.t("Reload Window");
    case "tryAgain":
      return l10n.t("Try Again");
    case "chooseNodePool":
      return l10n.t("Choose Another…");
    case "waitForRoom":
      return l10n.t("Wait for Room…");
    case "rebuildSnapshots":
      return l10n.t("Rebuild Snapshots…");
    case "forceDisconnect":
      return l10n.t("Force…");
    case "extend":
      return l10n.t("Extend 1 h");
    case "clearEnd":
      return l10n.t("Keep Connected");
    case "openFile":
      return l10n.t("Open");
    case "openSettings":
      return l10n.t("Open Settings");
    case "openProxySettings":
      return l10n.t("Open Proxy Settings");
    case "getDotnet":
      return l10n.t("Get .NET");
    case "openBilling":
      return l10n.t("Open Billing Page");
    default:
      return commands[action].title();
  }
}

/**
 * Runs an action that needs no callback.
 * @param on the environment that a command acts on, by default the workspace's
 */
export async function runAction(action: Exclude<Action, OwnAction>, on?: Selection): Promise<void> {
  switch (action) {
    case "openBilling":
      await vscode.env.openExternal(vscode.Uri.parse("https://fireworks.ai/account/billing"));
      break;
    case "openSettings":
      await vscode.commands.executeCommand("workbench.action.openSettings", "@ext:companion.companion");
      break;
    case "openProxySettings":
      await vscode.commands.executeCommand("workbench.action.openSettings", "http.proxy");
      break;
    case "getDotnet":
      await vscode.env.openExternal(vscode.Uri.parse("https://dot.net/download"));
      break;
    case "reloadWindow":
      await vscode.commands.executeCommand("workbench.action.reloadWindow");
      break;
    case "chooseNodePool":
      await runAction("connectTo", on);
      break;
    default:
      await vscode.commands.executeCommand(idOf(action), ...(on ? [on] : []));
  }
}
