import * as l10n from "@vscode/l10n";
import { singleLine } from "../../util/text.js";
import type { ToolInput } from "./toolApi.js";

/** What a tool is about to do, and the question before it, for tools that change something. */
export interface ToolTexts {
  readonly invocationMessage: string;
  readonly confirmationMessages?: { readonly title: string; readonly message: string } | undefined;
}

/**
 * Returns the texts of a call. The input comes from a language model, so it can have any value.
 * @param title the tool's own title
 * @param now wall clock time in milliseconds
 */
export function textsOf(tool: string, title: string, input: ToolInput, now: number): ToolTexts {
  const environment = textOf(input.environmentId);
  switch (tool) {
    case "connect_environment": {
      const what = l10n.t("Connecting {0} to {1}", environment, textOf(input.nodePoolId));
      return {
        invocationMessage: what,
        confirmationMessages: {
          title: l10n.t("Connect {0}?", environment),
          message: l10n.t(
            "{0} of {1} (hosts, on a CPU node pool), until {2}. They cost money until then.",
            gpusOf(input.numRanks ?? 1),
            textOf(input.nodePoolId),
            endOf(input, now),
          ),
        },
      };
    }
    case "disconnect_environment":
      return {
        invocationMessage: l10n.t("Disconnecting {0}", environment),
        confirmationMessages: {
          title: l10n.t("Disconnect {0}?", environment),
          message: l10n.t("What runs in it is ended, after a snapshot."),
        },
      };
    case "set_lease":
      return {
        invocationMessage: l10n.t("Setting the end of {0}", environment),
        confirmationMessages: {
          title: l10n.t("Set the end of {0}?", environment),
          message: l10n.t("It will be disconnected at {0}.", endOf(input, now)),
        },
      };
    default:
      return { invocationMessage: title };
  }
}

const gpusOf = (ranks: unknown) => (ranks === 1 ? l10n.t("1 GPU") : l10n.t("{0} GPUs", textOf(ranks)));

function endOf({ durationSeconds, until }: ToolInput, now: number): string {
  const end =
    typeof durationSeconds === "number" ? now + durationSeconds * 1000 : Date.parse(String(until ?? ""));
  return Number.isFinite(end) && Math.abs(end) <= 8.64e15
    ? new Date(end).toLocaleString()
    : l10n.t("an unknown time");
}

const textOf = (value: unknown) => singleLine(String(value ?? "?"));
