import * as l10n from "@vscode/l10n";
import type { DisconnectParams } from "../../protocol.g.js";
import { nameOf, type Selection } from "../../state/view.js";
import { ask } from "../../ui/ask.js";
import { pick } from "../../ui/pick.js";
import { plain } from "../../util/text.js";

export type DisconnectOptions = Pick<DisconnectParams, "force" | "resetSnapshots">;

/** The ways to disconnect that are not for every day, each with its consequence in words. */
export async function moreOptions(environment: Selection): Promise<DisconnectOptions | undefined> {
  const title = l10n.t("Disconnect {0}", plain(nameOf(environment)));
  const answer = await pick<DisconnectOptions>({
    title,
    placeholder: l10n.t("How to disconnect"),
    lines: Promise.resolve([
      {
        label: l10n.t("Disconnect and reset snapshots"),
        detail: l10n.t(
          "The snapshots are built anew: for too many layers, or after a snapshot error. It takes longer.",
        ),
        value: { resetSnapshots: true },
      },
      {
        label: l10n.t("Force disconnect"),
        detail: l10n.t(
          "Even if the snapshot fails: what is not in a snapshot is lost. Only where the pod is certainly gone.",
        ),
        value: { force: true },
      },
    ]),
  });
  if (typeof answer === "string") return undefined;
  if (answer.value.force && !(await typesTheId(title, environment.environmentId))) return undefined;
  return answer.value;
}

async function typesTheId(title: string, environmentId: string): Promise<boolean> {
  const answer = await ask({
    title,
    prompt: l10n.t(
      "What is not in a snapshot will be lost. Type {0} to force the disconnect.",
      environmentId,
    ),
    placeholder: environmentId,
    validate: (text) =>
      text === environmentId
        ? undefined
        : { message: l10n.t("Type {0}, or press Escape.", environmentId), severity: "error" },
  });
  return typeof answer === "object";
}
