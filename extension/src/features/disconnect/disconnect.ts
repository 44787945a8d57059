import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import { nameOf, type Selection } from "../../state/view.js";
import { plain } from "../../util/text.js";
import { runChange } from "../change/runChange.js";
import { pickEnvironment } from "../select/environmentStep.js";
import { withAccount } from "../signIn/withAccount.js";
import { type DisconnectOptions, moreOptions } from "./moreOptions.js";

/** Disconnects an environment from its node pool, after the person has confirmed it by name. */
export async function disconnect(app: App): Promise<void> {
  await withAccount(app, l10n.t("Disconnect"), async () => {
    const environment = app.store.view.selection ?? (await choose(app));
    const options = environment && (await confirm(app, environment));
    if (!options) return;
    const { accountId, environmentId } = environment;
    const name = plain(nameOf(environment));
    await runChange(app, {
      method: "disconnect",
      params: { accountId, environmentId, ...options },
      environment,
      title: l10n.t("Disconnecting {0}", name),
      done: () => l10n.t("{0} is disconnected.", name),
    });
  });
}

async function choose(app: App): Promise<Selection | undefined> {
  const answer = await pickEnvironment(app, l10n.t("Disconnect"));
  if (typeof answer === "string") return undefined;
  app.session.select(answer.value);
  return answer.value;
}

async function confirm(app: App, environment: Selection): Promise<DisconnectOptions | undefined> {
  const yes = l10n.t("Disconnect");
  const more = l10n.t("More…");
  const name = plain(nameOf(environment));
  const { state, connection } = app.store.view.environment ?? {};
  const pool = state === "DISCONNECTED" ? undefined : connection?.nodePoolId; // else it is the last one
  const message = pool ? l10n.t("Disconnect {0} from {1}?", name, pool) : l10n.t("Disconnect {0}?", name);
  const detail = l10n.t("The gateway takes a snapshot first. What runs in the environment is ended.");
  const chosen = await vscode.window.showWarningMessage(message, { modal: true, detail }, yes, more);
  if (chosen === more) return moreOptions(environment);
  return chosen === yes ? {} : undefined;
}
