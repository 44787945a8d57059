import * as l10n from "@vscode/l10n";
import type { changeStages, WorkDoneProgress } from "../../protocol.g.js";
import { usualText } from "../../util/duration.js";
import type { Times } from "../../util/times.js";

export type Stage = (typeof changeStages)[number];

/** The stages that have a text here. The server's message about the room has the free ranks. */
type Phrased = Exclude<Stage, "waitingForRoom">;

const phrases: Readonly<Record<Phrased, (since: string) => string>> = {
  looking: () => l10n.t("Checking the environment's state"),
  requested: () => l10n.t("Requested"),
  accepted: () => l10n.t("Accepted by the gateway"),
  connecting: (since) => l10n.t("Accepted, connecting since {0}", since),
  reconnecting: (since) => l10n.t("Accepted, reconnecting since {0}", since),
  disconnecting: (since) => l10n.t("Accepted, disconnecting with a snapshot since {0}", since),
  connected: () => l10n.t("Connected"),
  disconnected: () => l10n.t("Disconnected"),
  settling: () => l10n.t("The response was lost, checking whether the change took effect"),
  retrying: () => l10n.t("The gateway is busy, trying again"),
  refused: () => l10n.t("Rejected, checking the environment's state"),
  unconfirmed: (since) => l10n.t("No response from the gateway since {0}, checking again", since),
};

/** The stages for which the expected duration is shown. */
const waiting: readonly Stage[] = ["requested", "accepted", "connecting", "reconnecting", "disconnecting"];

/** Returns the progress message of a change. For other stages, returns the server's message. */
export function stageText(progress: Partial<WorkDoneProgress>, times: Pick<Times, "clock">): string {
  const { stage, since, expectedSeconds, message } = progress;
  if (!isKnown(stage) || since === undefined) return message ?? "";
  const phrase = phrases[stage](times.clock(since));
  return expectedSeconds !== undefined && waiting.includes(stage)
    ? l10n.t("{0} (usually about {1})", phrase, usualText(expectedSeconds))
    : phrase;
}

function isKnown(stage: string | undefined): stage is Phrased {
  return stage !== undefined && Object.hasOwn(phrases, stage);
}
