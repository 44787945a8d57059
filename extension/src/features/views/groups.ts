import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import type { AccountInfo, EnvironmentInfo } from "../../protocol.g.js";
import { isChanging } from "../../state/transitions.js";
import type { Selection, View } from "../../state/view.js";
import { isCreator } from "../select/environments.js";

/** The groups of environments, in order. Without the user's email address, `used` takes the place of `mine`. */
export const groupNames = ["mine", "used", "shared", "others"] as const;

export type GroupName = (typeof groupNames)[number];

/** What's known about who uses Companion. */
export interface User {
  /** The email address of the key's owner. */
  readonly email: AccountInfo["email"];
  /** The IDs of the environments that were selected or connected on this machine. */
  readonly used: ReadonlySet<string>;
}

/** Returns who uses this window, as far as it's known. */
export function userOf({ store, memory }: Pick<App, "store" | "memory">): User {
  const { account, selection } = store.view;
  const accountId = account?.accountId;
  const recent = accountId === undefined ? [] : memory.recentEnvironments(accountId);
  const selected = selection && selection.accountId === accountId ? [selection.environmentId] : [];
  return { email: account?.email, used: new Set([...recent, ...selected]) };
}

/** Returns the group of an environment. Claims that it's the user's only if the gateway says so. */
export function groupOf(environment: EnvironmentInfo, user: User): GroupName {
  const { environmentId, shared } = environment;
  if (user.email) {
    if (isCreator(user.email, environment)) return "mine";
  } else if (user.used.has(environmentId)) return "used";
  return shared ? "shared" : "others";
}

/** Whether the environments in a group count as the user's. */
export function isOwn(group: GroupName): boolean {
  return group === "mine" || group === "used";
}

/** @param user if the email address isn't known, nothing is claimed to be shared with the user by others */
export function groupTitle(group: GroupName, { email }: User): string {
  switch (group) {
    case "mine":
      return l10n.t("Mine");
    case "used":
      return l10n.t("Used on This Machine");
    case "shared":
      return email ? l10n.t("Shared with Me") : l10n.t("Shared");
    case "others":
      return l10n.t("Others");
  }
}

/** The maximum number of environments to read more often than the list. */
const mostChanging = 10;

/** Returns the user's environments that are worth reading more often than the list: the changing ones, if they're few. */
export function changingOf(views: readonly View[], user: User): Selection[] {
  const all = views.flatMap(({ environment }) =>
    environment && isChanging(environment.state) && isOwn(groupOf(environment, user)) ? environment : [],
  );
  return all.length > mostChanging ? [] : all;
}
