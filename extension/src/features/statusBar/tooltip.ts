import * as l10n from "@vscode/l10n";
import { commandNames, commands, idOf } from "../../commands/commands.js";
import type { AccountInfo, EnvironmentInfo } from "../../protocol.g.js";
import { elapsed } from "../../state/elapsed.js";
import { type Freshness, freshness } from "../../state/freshness.js";
import { keyOriginOf } from "../../state/keyOrigin.js";
import type { LastConnection } from "../../state/memory.js";
import { nameOf, type ShownWait, type View } from "../../state/view.js";
import { usualText } from "../../util/duration.js";
import { escapeMarkdown } from "../../util/text.js";
import type { Times } from "../../util/times.js";
import { menuOf } from "../menu/items.js";
import { connectionFacts, type Fact, leaseFacts, stateFacts } from "./facts.js";

/** The IDs of the commands that the tooltip can link to and run. */
export const tooltipCommands = commandNames.filter((name) => commands[name].linked).map(idOf);

/**
 * Returns the status bar's tooltip in Markdown. Times are absolute, so they stay correct without a redraw.
 * @param now wall clock time in milliseconds
 * @param last how the environment was last connected
 * @param usage how much the connection has used so far
 */
export function tooltip(
  view: View,
  now: number,
  times: Times,
  last?: LastConnection,
  usage?: string,
): string {
  const { environment, account } = view;
  const fresh = freshness(view, now);
  const facts = [
    ...(view.sandbox
      ? [[l10n.t("Sandbox"), l10n.t("nothing here is real, and nothing costs money")] as const]
      : []),
    ...environmentFacts(view, fresh),
    ...(environment ? [...connectionFacts(environment), ...storageFacts(environment)] : []),
    ...(environment ? leaseFacts(environment, times) : []),
    ...(usage ? [[l10n.t("This connection"), usage] as const] : []),
    ...(environment ? timeFacts(environment, fresh, times) : []),
    ...(environment && fresh === "present" ? lateFacts(environment, now) : []),
    ...(view.plannedDisconnect
      ? [[l10n.t("Planned"), l10n.t("disconnect as soon as it's connected")] as const]
      : []),
    ...(view.roomWait ? [waitFact(view.roomWait, times)] : []),
    // A single failed request shows only in the time of the last confirmation.
    ...(view.problem && fresh !== "present"
      ? [[l10n.t("Not confirmed"), view.problem.message] as const]
      : []),
    ...(account ? accountFacts(account) : []),
  ];
  const lines = facts.map(([name, value]) => `**${escapeMarkdown(name)}**: ${escapeMarkdown(value)}`);
  return [...welcome(view), ...lines, links(view, last, now).join(" · ")].join("  \n");
}

function waitFact({ connection, until, isStopped }: ShownWait, times: Times): Fact {
  const { nodePoolId } = connection;
  return isStopped
    ? [l10n.t("No longer waiting"), l10n.t("for room in {0}", nodePoolId)]
    : [
        l10n.t("Waiting for room"),
        l10n.t("in {0}, until {1}, if VS Code is running", nodePoolId, times.short(until)),
      ];
}

/** An introduction, shown until an environment is selected. */
function welcome({ selection, sandbox }: View): string[] {
  if (selection || sandbox) return [];
  return [l10n.t("Connects a Fireworks environment to a GPU node pool and disconnects it."), ""];
}

function environmentFacts({ selection, environment }: View, fresh: Freshness): Fact[] {
  if (!selection) return [[l10n.t("Environment"), l10n.t("none selected")]];
  const name = nameOf(selection);
  const { environmentId } = selection;
  const shown = name === environmentId ? name : `${name} (${environmentId})`;
  if (!environment) return [[l10n.t("Environment"), shown]];
  return [[l10n.t("Environment"), shown], ...stateFacts(environment, fresh === "present")];
}

function storageFacts({ connection }: EnvironmentInfo): Fact[] {
  return connection?.useLocalStorage ? [[l10n.t("Local storage"), l10n.t("mounted at {0}", "/tmp")]] : [];
}

function timeFacts(environment: EnvironmentInfo, fresh: Freshness, times: Times): Fact[] {
  const { state, stateSince, updateTime, observedAt } = environment;
  const since = state === "CONNECTED" ? l10n.t("Connected since") : l10n.t("In this state since");
  return [
    ...(stateSince && fresh === "present" // otherwise, the state might have changed and changed back
      ? [[since, times.long(stateSince)] as const]
      : updateTime
        ? [[l10n.t("Last changed"), times.long(updateTime)] as const]
        : []),
    [l10n.t("Last confirmed"), times.long(observedAt)],
  ];
}

/** What to do if a change takes long. */
function lateFacts(environment: EnvironmentInfo, now: number): Fact[] {
  const { expectedSeconds } = environment;
  if (expectedSeconds === undefined || !elapsed(environment, now)?.isLate) return [];
  const usual = usualText(expectedSeconds);
  return [
    [
      l10n.t("Longer than usual"),
      l10n.t(
        "Connecting usually takes {0}. You can wait, or disconnect it as soon as it's connected.",
        usual,
      ),
    ],
  ];
}

function accountFacts(account: AccountInfo): Fact[] {
  const { accountId, email } = account;
  const key = keyOriginOf(account);
  return [
    [l10n.t("Account"), email ? `${accountId} (${email})` : accountId],
    ...(key ? [[l10n.t("API key from"), key] as const] : []),
  ];
}

/** Links to some commands of the menu, so that both offer the same. */
function links(view: View, last: LastConnection | undefined, now: number): string[] {
  const { items, more } = menuOf(view, last, now);
  return [...items, ...more]
    .filter(({ command }) => commands[command].linked?.(view))
    .map(({ command, label }) => `[${escapeMarkdown(label)}](command:${idOf(command)})`);
}
