import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { type Choice, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { type RoleLine, roleLines, typedRoleLine } from "./roles.js";

/** The role that was chosen; undefined for the node pool's own. */
export interface RoleChoice {
  readonly role: string | undefined;
  readonly roleListed: boolean;
}

/** Lets a person choose one of the account's roles, where it may list them, or type the ARN of another. */
export async function askRole(
  _app: App,
  { connection }: EnvironmentInfo,
  title: string,
  present: string | undefined,
  position: Position,
): Promise<Answer<RoleChoice>> {
  const known = [present, connection?.role].filter((role) => role !== undefined);
  const lines = roleLines([], known);
  return pick<RoleChoice>({
    title,
    placeholder: l10n.t("Choose a role, or type the ARN of one"),
    position,
    lines: lines.map(lineOf),
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

function lineOf({ role, roleListed, icon, ...line }: RoleLine): Choice<RoleChoice> {
  return {
    ...line,
    id: role ?? "",
    iconPath: new vscode.ThemeIcon(icon),
    value: { role, roleListed },
  };
}
