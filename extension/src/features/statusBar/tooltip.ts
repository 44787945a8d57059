import * as l10n from "@vscode/l10n";
import type { AccountInfo, EnvironmentInfo } from "../../protocol.g.js";
import { isSignedOut, nameOf, type View } from "../../state/view.js";
import { escapeMarkdown } from "../../util/text.js";
import { lookOf } from "./states.js";

/** The commands that a tooltip links to, and the only ones that it may run. */
export const tooltipCommands = [
  "companion.connect",
  "companion.disconnect",
  "companion.selectEnvironment",
  "companion.refresh",
  "companion.signIn",
  "companion.leaveSandbox",
  "companion.restartServer",
  "companion.showLog",
] as const;

/** The status bar's tooltip in Markdown. Times are absolute, so that it cannot grow wrong while nobody looks. */
export function tooltip(view: View, formatTime: (time: string) => string): string {
  const { environment, account, problem } = view;
  const facts = [
    ...(view.sandbox
      ? [[l10n.t("Sandbox"), l10n.t("nothing here is real, and nothing costs money")] as const]
      : []),
    ...environmentFacts(view),
    ...(environment ? connectionFacts(environment) : []),
    ...(environment ? [[l10n.t("The gateway said so"), formatTime(environment.observedAt)] as const] : []),
    ...(problem ? [[l10n.t("Not confirmed since"), problem.message] as const] : []),
    ...(account ? accountFacts(account) : []),
  ];
  const lines = facts.map(([name, value]) => `**${escapeMarkdown(name)}**: ${escapeMarkdown(value)}`);
  return [...lines, links(view).join(" · ")].join("  \n");
}

type Fact = readonly [name: string, value: string];

function environmentFacts({ selection, environment }: View): Fact[] {
  if (!selection) return [[l10n.t("Environment"), l10n.t("none selected")]];
  const name = nameOf(selection);
  const { environmentId } = selection;
  const shown = name === environmentId ? name : `${name} (${environmentId})`;
  if (!environment) return [[l10n.t("Environment"), shown]];
  const { status } = environment;
  const failed = status !== undefined && status.code !== "OK";
  return [
    [l10n.t("Environment"), shown],
    [l10n.t("State"), lookOf(environment.state).word],
    ...(failed
      ? [[l10n.t("Last failure"), [status.code, status.message].filter(Boolean).join(": ")] as const]
      : []),
  ];
}

function connectionFacts({ connection, state }: EnvironmentInfo): Fact[] {
  if (!connection) return [];
  const { nodePoolId, numRanks, zone, role } = connection;
  const name = state === "DISCONNECTED" ? l10n.t("Last node pool") : l10n.t("Node pool");
  return [
    [name, nodePoolId],
    ...(numRanks === undefined ? [] : [[l10n.t("Ranks"), String(numRanks)] as const]),
    ...(zone ? [[l10n.t("Zone"), zone] as const] : []),
    ...(role ? [[l10n.t("Role"), role] as const] : []),
  ];
}

function accountFacts({ accountId, email, keySource, keyOrigin }: AccountInfo): Fact[] {
  const key = keySource === "environment" || keySource === "file" ? keyOrigin : undefined;
  return [
    [l10n.t("Account"), email ? `${accountId} (${email})` : accountId],
    ...(key ? [[l10n.t("API key from"), key] as const] : []),
  ];
}

function links(view: View): string[] {
  const link = (command: (typeof tooltipCommands)[number], title: string) =>
    `[${escapeMarkdown(title)}](command:${command})`;
  const log = link("companion.showLog", l10n.t("Show Log"));
  if (view.server === "failed") return [link("companion.restartServer", l10n.t("Restart Server")), log];
  const leave = view.sandbox ? [link("companion.leaveSandbox", l10n.t("Leave the Sandbox"))] : [];
  if (isSignedOut(view)) return [link("companion.signIn", l10n.t("Sign In…")), ...leave, log];
  const refresh = link("companion.refresh", l10n.t("Refresh"));
  if (!view.selection)
    return [link("companion.selectEnvironment", l10n.t("Select Environment…")), ...leave, log];
  const change =
    view.environment?.state === "CONNECTED"
      ? link("companion.disconnect", l10n.t("Disconnect…"))
      : link("companion.connect", l10n.t("Connect…"));
  return [change, refresh, ...leave, log];
}
