import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { DeadEnd, deadEndOf } from "../../errors/deadEnd.js";
import { asRpcError } from "../../errors/rpcError.js";
import type { EnvironmentInfo, ListEnvironmentsResult } from "../../protocol.g.js";
import { loadPages } from "../../ui/pages.js";
import { type Line, type Load, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { relativeTimeIn } from "../../util/relativeTime.js";
import { environmentLine } from "./environments.js";
import {
  LoadedEnvironments,
  type Purpose,
  type Section,
  type SectionOfEnvironments,
} from "./loadedEnvironments.js";

/** Lets the user choose an environment, starting with the workspace's or else the latest one. */
export async function pickEnvironment(
  app: App,
  title: string,
  purpose: Purpose = {},
  position?: Position,
): Promise<Answer<EnvironmentInfo>> {
  let first: EnvironmentInfo | undefined;
  return pick({
    title,
    placeholder: l10n.t("Choose an environment"),
    lines: list(app, purpose, (environments) => {
      first ??= environments.first(purpose);
    }),
    isActive: ({ environmentId }) => environmentId === first?.environmentId,
    position,
  });
}

/**
 * Shows the first pages at once, and adds the others when they arrive.
 * @param onShow called before anything is shown
 */
function list(
  app: App,
  purpose: Purpose,
  onShow: (environments: LoadedEnvironments) => void,
): Load<EnvironmentInfo> {
  return async (show, token) => {
    await app.session.ensureReady(); // then it's known who the user is
    const { accountId = "", email } = app.store.view.account ?? {};
    const environments = new LoadedEnvironments({ recentIds: recentIds(app), email });
    const draw = (placeholder?: string) => {
      const sections = environments.show();
      onShow(environments);
      show(linesOf(sections, purpose), placeholder);
    };
    await loadPages<ListEnvironmentsResult>({
      ask: (onPart) => app.session.ask("listEnvironments", {}, { token, onPart }),
      add: (part) => environments.add(part.environments),
      begin: () => addMissing(app, environments, token),
      show: () => {
        if (environments.shouldRedraw)
          draw(l10n.t("Choose an environment ({0} loaded so far)", environments.count));
      },
    }).catch((error: unknown) => {
      throw deadEndOf(error) ?? error;
    });
    if (environments.count === 0) {
      throw new DeadEnd(
        l10n.t("The account {0} has no environments.", accountId),
        l10n.t("Create one with Fireworks, or use another account."),
        ["switchAccount", "signIn"],
      );
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
  sections: readonly SectionOfEnvironments[],
  { refusal }: Purpose,
): readonly Line<EnvironmentInfo>[] {
  const ago = relativeTimeIn(vscode.env.language, Date.now());
  const line = (environment: EnvironmentInfo): Line<EnvironmentInfo> => {
    const { icon, ...texts } = environmentLine(environment, ago);
    return {
      ...texts,
      id: environment.environmentId,
      iconPath: new vscode.ThemeIcon(icon),
      value: environment,
      refusal: refusal?.(environment),
    };
  };
  const onlyOthers = sections.every(({ section }) => section === "others");
  return sections.flatMap(({ section, environments }) => [
    ...(onlyOthers ? [] : [heading(section)]),
    ...environments.map(line),
  ]);
}

function heading(section: Section): Line<EnvironmentInfo> {
  return { label: headingOf(section), kind: vscode.QuickPickItemKind.Separator };
}

function headingOf(section: Section): string {
  switch (section) {
    case "connected":
      return l10n.t("Connected");
    case "recent":
      return l10n.t("Recent");
    case "mine":
      return l10n.t("Mine");
    case "others":
      return l10n.t("Others");
  }
}
