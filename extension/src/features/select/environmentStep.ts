import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { asRpcError } from "../../errors/rpcError.js";
import { UserError } from "../../errors/userError.js";
import type { EnvironmentInfo, ListEnvironmentsResult } from "../../protocol.g.js";
import { type Line, type Load, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { relativeTimeIn } from "../../util/relativeTime.js";
import { environmentLine } from "./environments.js";
import { LoadedEnvironments } from "./loadedEnvironments.js";

/** Returns why an environment can't be chosen, or undefined if it can. */
type Refusal = (environment: EnvironmentInfo) => string | undefined;

/**
 * Lets the user choose an environment, starting with the workspace's.
 * @param refusal decides which environments can be chosen
 */
export async function pickEnvironment(
  app: App,
  title: string,
  refusal: Refusal = () => undefined,
  position?: Position,
): Promise<Answer<EnvironmentInfo>> {
  return pick({
    title,
    placeholder: l10n.t("Choose an environment"),
    lines: list(app, refusal),
    isActive: ({ environmentId }) => environmentId === app.store.view.selection?.environmentId,
    position,
  });
}

/** Shows the first page at once, and adds the others when they arrive. */
function list(app: App, refusal: Refusal): Load<EnvironmentInfo> {
  return async (show, token) => {
    const environments = new LoadedEnvironments(recentIds(app));
    const draw = (placeholder?: string) => show(linesOf(environments.show(), refusal), placeholder);
    const soFar = () => l10n.t("Choose an environment ({0} loaded so far)", environments.count);
    let begun: Promise<void> | undefined;
    const onPart = (part: ListEnvironmentsResult) => {
      environments.add(part.environments);
      if (!begun) {
        begun = addMissing(app, environments, token).then(() => draw(soFar()));
        begun.catch(() => undefined); // reported below, unless the list itself failed before
      }
      if (environments.shouldRedraw) draw(soFar());
    };
    await app.session.ask("listEnvironments", {}, { token, onPart });
    await begun;
    if (environments.count === 0) {
      throw new UserError(l10n.t("The account has no environments."), ["tryAgain", "signIn", "showLog"]);
    }
    draw();
  };
}

function recentIds({ store, memory }: App): string[] {
  const { selection, account } = store.view;
  const accountId = account?.accountId;
  return [
    ...(selection && selection.accountId === accountId ? [selection.environmentId] : []),
    ...(accountId === undefined ? [] : memory.recentEnvironments(accountId)),
  ];
}

/** Recent environments might be on a late page or no longer exist. */
async function addMissing(
  app: App,
  environments: LoadedEnvironments,
  token: vscode.CancellationToken,
): Promise<void> {
  const asked = environments.missing.map(async (environmentId) => {
    try {
      return [await app.session.ask("getEnvironment", { environmentId }, { token })];
    } catch (error) {
      if (!asRpcError(error)) throw error;
      return []; // the list shows whether it exists
    }
  });
  environments.add((await Promise.all(asked)).flat());
}

function linesOf(
  { recent, others }: ReturnType<LoadedEnvironments["show"]>,
  refusal: Refusal,
): Line<EnvironmentInfo>[] {
  const ago = relativeTimeIn(vscode.env.language, Date.now());
  const line = (environment: EnvironmentInfo): Line<EnvironmentInfo> => {
    const { icon, ...texts } = environmentLine(environment, ago);
    return {
      ...texts,
      id: environment.environmentId,
      iconPath: new vscode.ThemeIcon(icon),
      value: environment,
      refusal: refusal(environment),
    };
  };
  if (recent.length === 0) return others.map(line);
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator as const });
  return [separator(l10n.t("Recent")), ...recent.map(line), separator(l10n.t("Others")), ...others.map(line)];
}
