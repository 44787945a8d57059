import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { type Choice, type Load, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { listRoles } from "./listRoles.js";
import { type RoleLine, roleLines, typedRoleLine } from "./roles.js";

/** The chosen role, or undefined for the node pool's default. */
export interface RoleChoice {
  readonly role: string | undefined;
}

/** Lets the user choose one of the account's roles, or enter an ARN. */
export async function askRole(
  app: App,
  { accountId, connection }: EnvironmentInfo,
  title: string,
  present: string | undefined,
  position: Position,
): Promise<Answer<RoleChoice>> {
  const inUse = [present, connection?.role].filter((role) => role !== undefined);
  let lines = roleLines([], inUse);
  const load: Load<RoleChoice> = async (show, token) => {
    const draw = (placeholder?: string) => show(lines.map(lineOf), placeholder);
    draw();
    const listed = await listRoles(app, accountId, token);
    lines = roleLines(listed ?? [], inUse);
    draw(
      listed
        ? l10n.t("Choose a role, or enter a role's ARN")
        : l10n.t("Couldn't load the account's roles. Enter a role's ARN"),
    );
  };
  return pick<RoleChoice>({
    title,
    placeholder: l10n.t("Loading the account's roles. You can also enter a role's ARN"),
    position,
    lines: load,
    isActive: ({ role }) => role === present,
    typed: {
      heading: l10n.t("Roles"),
      line: (text) => {
        const typed = typedRoleLine(text, lines);
        return typed && lineOf(typed);
      },
    },
  });
}

function lineOf({ role, icon, ...line }: RoleLine): Choice<RoleChoice> {
  return {
    ...line,
    id: role ?? "",
    iconPath: new vscode.ThemeIcon(icon),
    value: { role },
  };
}
