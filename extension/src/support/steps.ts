import * as l10n from "@vscode/l10n";
import type { Diagnosis, DiagnosisStep } from "../protocol.g.js";

/** Returns the title of a step. */
export function titleOf(id: DiagnosisStep["id"]): string {
  switch (id) {
    case "settings":
      return l10n.t("Settings");
    case "nameResolution":
      return l10n.t("Name resolution");
    case "proxy":
      return l10n.t("Proxy");
    case "tcp":
      return l10n.t("Connection (TCP)");
    case "tls":
      return l10n.t("Certificate (TLS)");
    case "http":
      return l10n.t("Response (HTTP)");
    case "key":
      return l10n.t("API key");
    case "account":
      return l10n.t("Account");
    case "suspension":
      return l10n.t("Account status");
    case "environment":
      return l10n.t("Environment");
    case "nodePool":
      return l10n.t("Node pool");
    case "capacity":
      return l10n.t("Free ranks");
    case "versions":
      return l10n.t("Versions");
  }
}

export function verdictLabel(verdict: DiagnosisStep["verdict"]): string {
  switch (verdict) {
    case "ok":
      return l10n.t("OK");
    case "warning":
      return l10n.t("Warning");
    case "failed":
      return l10n.t("Failed");
    case "skipped":
      return l10n.t("Skipped");
  }
}

export function iconOf(verdict: DiagnosisStep["verdict"]): string {
  return { ok: "pass", warning: "warning", failed: "error", skipped: "circle-slash" }[verdict];
}

/** Returns a summary of the diagnosis: the step that failed, or that there are no problems. */
export function headline({ steps }: Diagnosis): string {
  const culprit = steps.find(({ verdict }) => verdict === "failed");
  if (culprit) return l10n.t("Failed: {0}", titleOf(culprit.id));
  const warnings = steps.filter(({ verdict }) => verdict === "warning").map(({ id }) => titleOf(id));
  return warnings.length > 0
    ? l10n.t("Working, with warnings: {0}", warnings.join(", "))
    : l10n.t("No problems found");
}

/** Returns the diagnosis as Markdown, to paste into an issue. */
export function diagnosisMarkdown(diagnosis: Diagnosis): string {
  const rows = diagnosis.steps.map(({ id, verdict, milliseconds, message, detail }) =>
    [titleOf(id), verdictLabel(verdict), `${milliseconds} ms`, detail ? `${message} (${detail})` : message]
      .map(cell)
      .join(" | "),
  );
  return [
    `## ${l10n.t("Companion diagnosis: {0}", headline(diagnosis))}`,
    "",
    `${cell(diagnosis.gateway)}, ${diagnosis.time}`,
    "",
    `| ${l10n.t("Step")} | ${l10n.t("Result")} | ${l10n.t("Time")} | ${l10n.t("Details")} |`,
    "| --- | --- | ---: | --- |",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}

/** Escapes text for a table cell, so that text from elsewhere isn't markup. */
function cell(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\\`*_[\]<>|]/g, "\\$&");
}
