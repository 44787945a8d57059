import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { guarded } from "../../runCommand.js";
import { nameOf, type Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { runChange } from "../change/runChange.js";
import { pickEnvironment } from "../select/environmentStep.js";
import { cannotDisconnectReason } from "../select/environments.js";
import { confirm } from "./confirm.js";
import { confirmForce } from "./moreOptions.js";
import type { DisconnectOptions } from "./options.js";

/** Disconnects an environment after confirmation: the given one, the workspace's, or one that the user chooses. */
export async function disconnect(app: App, given?: Selection): Promise<void> {
  const environment = given ?? app.store.view.selection ?? (await choose(app));
  if (environment) await disconnectOnce(app, environment);
}

async function choose(app: App): Promise<Selection | undefined> {
  const answer = await pickEnvironment(app, l10n.t("Disconnect"), { refusal: cannotDisconnectReason });
  if (typeof answer === "string") return undefined;
  app.session.select(answer.value);
  return answer.value;
}

/**
 * Disconnects an environment, and reports the outcome.
 * @param chosen options that the user already chose; then asks only about unsaved editors
 */
export async function disconnectOnce(
  app: App,
  environment: Selection,
  chosen?: DisconnectOptions,
): Promise<void> {
  const options = await confirm(app, environment, chosen);
  if (!options) return;
  const { accountId, environmentId } = environment;
  const name = singleLine(nameOf(environment));
  const again = (how: () => Promise<DisconnectOptions | undefined>) =>
    guarded(app, async () => {
      const next = await how();
      if (next) await disconnectOnce(app, environment, next);
    });
  await runChange(app, {
    method: "disconnect",
    params: { accountId, environmentId, ...options },
    environment,
    title: l10n.t("Disconnecting {0}", name),
    done: () => l10n.t("{0} is disconnected.", name),
    failureActions: {
      tryAgain: again(async () => options),
      rebuildSnapshots: again(async () => ({ resetSnapshots: true })),
      forceDisconnect: again(() => confirmForce(environment)),
    },
  });
}
