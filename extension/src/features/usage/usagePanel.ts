import { randomBytes } from "node:crypto";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { guarded } from "../../runCommand.js";
import { currencySetting, ratesSetting } from "../../settings.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { deleteHistory } from "./deleteHistory.js";
import { exportCsv } from "./exportCsv.js";
import { type Message, parseMessage } from "./messages.js";
import { pageOf, pageTitle } from "./page.js";
import { messagePart, type Parts, partsOf, type Shown } from "./parts.js";
import type { Division } from "./pivot.js";
import { type Range, sinceOf } from "./range.js";
import { usageSettings } from "./usageSettings.js";

/** The page in the editor area, and what the user selected in it. */
export class UsagePanel {
  readonly #app: App;
  readonly #panel: vscode.WebviewPanel;
  #range: Range = 30;
  #division: Division = "environment";
  #shown: Shown | undefined;
  #failed = false;
  #isOpen = true;
  /** The number of requests, so that only the last one counts. */
  #requests = 0;

  constructor(app: App, closed: () => void) {
    this.#app = app;
    this.#panel = vscode.window.createWebviewPanel("companion.usage", pageTitle(), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [],
    });
    const { webview } = this.#panel;
    const listening = vscode.Disposable.from(
      webview.onDidReceiveMessage((message: unknown) => this.#received(message)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if ([ratesSetting, currencySetting].some((id) => change.affectsConfiguration(id))) this.#draw();
      }),
    );
    this.#panel.onDidDispose(() => {
      this.#isOpen = false;
      listening.dispose();
      closed();
    });
    webview.html = pageOf(vscode.env.language, randomBytes(16).toString("base64url"));
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Asks the server again, and shows what it says. */
  async refresh(): Promise<void> {
    const request = ++this.#requests;
    const [range, at] = [this.#range, new Date()];
    try {
      const usage = await progressAfterDelay(l10n.t("Reading the history"), () =>
        this.#app.session.ask("getUsage", {
          since: sinceOf(range, at),
          groupBy: ["day", "environment", "nodePool"],
        }),
      );
      if (request !== this.#requests) return;
      this.#shown = { usage, sandbox: this.#app.store.view.sandbox, range, at };
      this.#failed = false;
    } catch (error) {
      if (request !== this.#requests) return;
      this.#failed = true;
      throw error;
    } finally {
      this.#draw();
    }
  }

  #draw(): void {
    if (!this.#isOpen) return; // the user closed it while the server was asked
    const values = { range: String(this.#range), groupBy: this.#division };
    void this.#panel.webview.postMessage({ parts: this.#parts(), values });
  }

  #parts(): Partial<Parts> {
    if (this.#failed)
      return messagePart(l10n.t("The history couldn't be read. Select Refresh to try again."));
    if (!this.#shown) return messagePart(l10n.t("Loading…"));
    const { rates, figures } = usageSettings();
    return partsOf(this.#shown, this.#division, rates, figures);
  }

  #received(message: unknown): void {
    const known = parseMessage(message);
    if (known) void guarded(this.#app, () => this.#handle(known))();
  }

  async #handle(message: Message): Promise<void> {
    switch (message.type) {
      case "ready": // also if the page was hidden, and VS Code loads it again
        this.#draw();
        break;
      case "range":
        this.#range = message.days;
        await this.refresh();
        break;
      case "groupBy":
        this.#division = message.division;
        this.#draw();
        break;
      case "refresh":
        await this.refresh();
        break;
      case "export":
        await exportCsv(this.#app, this.#range);
        break;
      case "setRates":
        await vscode.commands.executeCommand("workbench.action.openSettings", ratesSetting);
        break;
      case "deleteHistory":
        if (await deleteHistory(this.#app)) await this.refresh();
        break;
    }
  }
}
