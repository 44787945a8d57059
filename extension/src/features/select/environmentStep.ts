import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { UserError } from "../../errors/userError.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { type Line, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { environmentLine } from "./environments.js";

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
    ...(position && { position }),
  });
}

async function list(app: App): Promise<Line<EnvironmentInfo>[]> {
  const { environments } = await app.session.ask("listEnvironments", {});
  if (environments.length === 0) {
    throw new UserError(l10n.t("The account has no environments."), ["tryAgain", "signIn", "showLog"]);
  }
  return environments.map((environment) => ({ ...environmentLine(environment), value: environment }));
}
