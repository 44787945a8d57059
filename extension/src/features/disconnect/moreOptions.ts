import * as l10n from "@vscode/l10n";
import { nameOf, type Selection } from "../../state/view.js";
import { ask } from "../../ui/ask.js";
import { pick } from "../../ui/pick.js";
import { singleLine } from "../../util/text.js";
import { consequence, type DisconnectOptions, matchesName } from "./options.js";

/** Lets the user choose one of the less common ways to disconnect, starting with the safer one. */
export async function moreOptions(environment: Selection): Promise<DisconnectOptions | undefined> {
  const reset: DisconnectOptions = { resetSnapshots: true };
  const force: DisconnectOptions = { force: true };
  const answer = await pick<DisconnectOptions>({
    title: title(environment),
    placeholder: l10n.t("Choose how to disconnect"),
    lines: Promise.resolve([
      { label: l10n.t("Disconnect and rebuild snapshots"), detail: consequence(reset), value: reset },
      { label: l10n.t("Force disconnect"), detail: consequence(force), value: force },
    ]),
  });
  if (typeof answer === "string") return undefined;
  return answer.value.force ? confirmForce(environment) : answer.value;
}

/** Asks the user to enter the environment's name before a forced disconnect. */
export async function confirmForce(environment: Selection): Promise<DisconnectOptions | undefined> {
  const name = nameOf(environment).trim();
  const answer = await ask({
    title: title(environment),
    prompt: l10n.t(
      "Anything that isn't in a snapshot will be lost. Enter {0} to force the disconnect.",
      name,
    ),
    placeholder: name,
    validate: (text) =>
      matchesName(text, environment)
        ? undefined
        : { message: l10n.t("Enter {0}, or press Escape to cancel.", name), severity: "error" },
  });
  return typeof answer === "object" ? { force: true } : undefined;
}

function title(environment: Selection): string {
  return l10n.t("Disconnect {0}", singleLine(nameOf(environment)));
}
