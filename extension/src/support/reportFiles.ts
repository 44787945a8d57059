import * as l10n from "@vscode/l10n";
import type { Diagnosis, RecordedEvent, ReportInfo, SettingInfo } from "../protocol.g.js";
import { diagnosisMarkdown } from "./steps.js";

/** A file of a report. */
export interface ReportFile {
  readonly name: string;
  /** Helps the user decide whether to include the file. */
  readonly description: string;
  readonly text: string;
}

/** The content of a report. A string explains why a part is missing. */
export interface ReportParts {
  readonly versions: Readonly<Record<string, string | number>>;
  readonly settings: readonly SettingInfo[];
  readonly events: readonly RecordedEvent[];
  readonly server: ReportInfo | string;
  readonly diagnosis: Diagnosis | string;
  readonly logs: readonly { readonly name: string; readonly text: string }[];
}

/** Maximum number of bytes of each log. */
export const maxLogBytes = 1024 * 1024;

/** Returns the end of a log, starting at a line break, because part of a secret couldn't be recognized. */
export function lastLines(log: Buffer): string {
  const last = log.subarray(-maxLogBytes);
  return last.subarray(last.length < log.length ? last.indexOf("\n") + 1 : 0).toString("utf8");
}

/** Returns the files of a report. Masks secrets in all of them again. */
export function reportFiles(parts: ReportParts, mask: (text: string) => string): ReportFile[] {
  const { versions, settings, events, server, diagnosis, logs } = parts;
  const serverSettings = typeof server === "string" ? [] : server.settings;
  const {
    settings: _1,
    events: _2,
    ...process
  } = typeof server === "string" ? { settings: [], events: [] } : server;
  const files = [
    {
      name: "versions.json",
      description: l10n.t("versions of VS Code, Companion, its server, and the operating system"),
      text: json({ ...versions, server: typeof server === "string" ? server : process }),
    },
    {
      name: "settings.json",
      description: l10n.t("settings and where they come from; for sensitive ones, only whether they're set"),
      text: json({ extension: settings, server: serverSettings }),
    },
    {
      name: "diagnosis.md",
      description: l10n.t("the diagnosis of the connection to the gateway"),
      text: typeof diagnosis === "string" ? `${diagnosis}\n` : diagnosisMarkdown(diagnosis),
    },
    {
      name: "events-extension.jsonl",
      description: l10n.t("the extension's latest events: {0}", events.length),
      text: lines(events),
    },
    ...(typeof server === "string"
      ? []
      : [
          {
            name: "events-server.jsonl",
            description: l10n.t("the server's latest events: {0}", server.events.length),
            text: lines(server.events),
          },
        ]),
    ...logs.map(({ name, text }) => ({
      name: `logs/${name}`,
      description: l10n.t("the log of this window"),
      text,
    })),
  ];
  return files.map((file) => ({ ...file, text: mask(file.text) }));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function lines(events: readonly RecordedEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}
