import * as l10n from "@vscode/l10n";
import { Html, html } from "./html.js";
import type { Button } from "./messages.js";
import { divisions } from "./pivot.js";
import { ranges } from "./range.js";
import { script } from "./script.js";
import { style } from "./style.js";
import { divisionName } from "./table.js";

/** The title of the page and of its editor. */
export function pageTitle(): string {
  return l10n.t("Companion Usage");
}

/**
 * Returns the page with its controls. Its parts are empty until they're sent to it.
 * @param nonce allows exactly the page's own style and script
 */
export function pageOf(language: string, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${pageTitle()}</title>
<style nonce="${nonce}">${new Html(style)}</style>
</head>
<body>
<main>
<h1 id="heading">${pageTitle()}</h1>
<div id="summary" aria-live="polite"></div>
<div class="controls">${controls()}</div>
<div id="details"></div>
</main>
<script nonce="${nonce}">${new Html(script)}</script>
</body>
</html>`.text;
}

function controls(): Html {
  const days = ranges.map(
    (range) => html`<option value="${range}">${l10n.t("Last {0} days", range)}</option>`,
  );
  const by = divisions.map(
    (division) => html`<option value="${division}">${divisionName(division)}</option>`,
  );
  const button = (id: Button, label: string) => html`<button type="button" id="${id}">${label}</button>\n`;
  return html`
<span><label for="range">${l10n.t("Period")}</label><select id="range">${days}</select></span>
<span><label for="groupBy">${l10n.t("Group by")}</label><select id="groupBy">${by}</select></span>
${button("refresh", l10n.t("Refresh"))}${button("export", l10n.t("Export CSV…"))}${button("setRates", l10n.t("Set Rates…"))}${button("deleteHistory", l10n.t("Delete History…"))}`;
}
