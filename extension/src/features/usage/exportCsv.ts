import { homedir } from "node:os";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { progressAfterDelay } from "../../ui/progress.js";
import { csvOf } from "./csv.js";
import { daysOf, type Range, sinceOf } from "./range.js";
import { usageSettings } from "./usageSettings.js";

/** Writes the connections of the last days to the file that the user chooses. */
export async function exportCsv(app: App, range: Range): Promise<void> {
  const now = new Date();
  const days = daysOf(range, now);
  const target = await vscode.window.showSaveDialog({
    title: l10n.t("Export CSV"),
    defaultUri: vscode.Uri.file(join(homedir(), `companion-usage-${days[0]}-${days.at(-1)}.csv`)),
    filters: { CSV: ["csv"] },
  });
  if (!target) return;
  const { groups } = await progressAfterDelay(l10n.t("Reading the history"), () =>
    app.session.ask("getUsage", { since: sinceOf(range, now), groupBy: ["connection"] }),
  );
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(csvOf(groups, usageSettings().rates)));
  app.reporter.notify("Information", l10n.t("Exported: {0}", target.fsPath), ["openFile"], {
    openFile: () => vscode.commands.executeCommand("vscode.open", target),
  });
}
