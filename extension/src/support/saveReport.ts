import { readdir, readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { strToU8, zipSync } from "fflate";
import * as vscode from "vscode";
import type { App } from "../app.js";
import type { Diagnosis, ReportInfo } from "../protocol.g.js";
import { progressAfterDelay } from "../ui/progress.js";
import { askForDiagnosis } from "./diagnose.js";
import { remoteKind } from "./remoteKind.js";
import { lastLines, type ReportFile, reportFiles } from "./reportFiles.js";
import { settingsInEffect } from "./settingsInEffect.js";

// deterministic: ZIP has no time zones, and no times before 1980
const noTime = new Date(1980, 0, 1);

/** Collects a report, shows its contents, and writes it to the file that the user chooses. Nothing is uploaded. */
export async function saveReport(app: App): Promise<void> {
  const files = await progressAfterDelay(l10n.t("Collecting information for the report"), () => collect(app));
  const chosen = await choose(files);
  if (!chosen) return;
  const name = `companion-report-${new Date().toISOString().slice(0, 16).replaceAll(":", "")}.zip`;
  const target = await vscode.window.showSaveDialog({
    title: l10n.t("Save Report"),
    defaultUri: vscode.Uri.file(join(homedir(), name)),
    filters: { ZIP: ["zip"] },
  });
  if (!target) return;
  const contents = Object.fromEntries(chosen.map((file) => [file.name, strToU8(file.text)]));
  await vscode.workspace.fs.writeFile(target, zipSync(contents, { mtime: noTime }));
  app.reporter.notify("Information", l10n.t("Report saved: {0}. Nothing was uploaded.", target.fsPath), []);
}

async function collect(app: App): Promise<ReportFile[]> {
  const server = await askForReport(app);
  const diagnosis: Diagnosis | string =
    typeof server === "string" ? server : await askForDiagnosis(app).catch(reason);
  const parts = {
    versions: versions(app),
    settings: settingsInEffect(),
    events: app.record.read(),
    server,
    diagnosis,
    logs: await logs(app.context.logUri.fsPath),
  };
  return reportFiles(parts, (text) => app.reporter.mask(text));
}

async function askForReport({ server }: App): Promise<ReportInfo | string> {
  try {
    await server.ready();
    return await server.request("getReport", {});
  } catch (error) {
    return reason(error);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Lets the user see each file and leave any of them out. */
async function choose(files: readonly ReportFile[]): Promise<readonly ReportFile[] | undefined> {
  const items = files.map((file) => ({
    label: file.name,
    description: l10n.t("{0} KB", Math.ceil(Buffer.byteLength(file.text) / 1024)),
    detail: file.description,
    picked: true,
    file,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t("Save Report: Choose Contents"),
    placeHolder: l10n.t("None of these files contains your API key. Nothing is uploaded."),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return chosen && chosen.length > 0 ? chosen.map(({ file }) => file) : undefined;
}

function versions({ context, record }: App): Record<string, string | number> {
  return {
    companion: String(context.extension.packageJSON.version),
    vscode: vscode.version,
    product: vscode.env.appName,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    remote: remoteKind(vscode.env.remoteName),
    uiKind: vscode.UIKind[vscode.env.uiKind] ?? "unknown",
    language: vscode.env.language,
    droppedEvents: record.dropped,
  };
}

async function logs(folder: string): Promise<{ name: string; text: string }[]> {
  const names = await readdir(folder).catch(() => []);
  return Promise.all(
    names
      .filter((name) => name.endsWith(".log"))
      .map(async (name) => {
        const bytes = await readFile(join(folder, name));
        return { name, text: lastLines(bytes) };
      }),
  );
}
