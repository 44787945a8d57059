import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { UserError } from "../../errors/userError.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { type Line, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { agoText } from "../../util/age.js";
import { byRecency, environmentLine } from "./environments.js";

/** Lets a person choose one of the account's environments; the workspace's own is the one to begin with. */
export async function pickEnvironment(
  app: App,
  title: string,
  position?: Position,
): Promise<Answer<EnvironmentInfo>> {
  return pick({
    title,
    placeholder: l10n.t("Choose an environment"),
    lines: list(app),
    isActive: ({ environmentId }) => environmentId === app.store.view.selection?.environmentId,
    position,
  });
}

async function list(app: App): Promise<Line<EnvironmentInfo>[]> {
  const { environments } = await app.session.ask("listEnvironments", {});
  const [first] = environments;
  if (!first) {
    throw new UserError(l10n.t("The account has no environments."), ["tryAgain", "signIn", "showLog"]);
  }
  return linesOf(environments, app.memory.recentEnvironments(first.accountId));
}

function linesOf(
  environments: readonly EnvironmentInfo[],
  recentIds: readonly string[],
): Line<EnvironmentInfo>[] {
  const now = Date.now();
  const ago = (time: string) => agoText(time, now, vscode.env.language);
  const line = (environment: EnvironmentInfo): Line<EnvironmentInfo> => {
    const { icon, ...texts } = environmentLine(environment, ago);
    return {
      ...texts,
      id: environment.environmentId,
      iconPath: new vscode.ThemeIcon(icon),
      value: environment,
    };
  };
  const { recent, others } = byRecency(environments, recentIds);
  if (recent.length === 0) return others.map(line);
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator as const });
  return [
    separator(l10n.t("Connected from here before")),
    ...recent.map(line),
    ...(others.length > 0 ? [separator(l10n.t("Others"))] : []),
    ...others.map(line),
  ];
}
