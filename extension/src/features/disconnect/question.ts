import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { hasFailed } from "../../state/transitions.js";
import { nameOf, type Selection } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { hasNoLosses, type Losses, lossLines } from "./losses.js";
import { consequence, type DisconnectOptions } from "./options.js";

export type Decision = "disconnect" | "saveAll" | "more";

/** The dialog before a disconnect. Enter selects the first button. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly { readonly title: string; readonly decision: Decision }[];
}

/**
 * Returns the dialog to show before a disconnect, or undefined if there's nothing to ask.
 * @param options chosen earlier, which already confirmed the disconnect
 */
export function disconnectQuestion(
  selection: Selection,
  environment: EnvironmentInfo | undefined,
  losses: Losses,
  options?: DisconnectOptions,
): Question | undefined {
  // The first dialog already listed tasks and terminals. Unsaved editors can still be saved.
  if (options && losses.unsaved.length === 0) return undefined;
  const save = { title: l10n.t("Save All and Disconnect"), decision: "saveAll" } as const;
  const withoutSaving = { title: l10n.t("Disconnect Without Saving"), decision: "disconnect" } as const;
  const disconnect = { title: l10n.t("Disconnect"), decision: "disconnect" } as const;
  const more = { title: l10n.t("More…"), decision: "more" } as const;
  return {
    message: message(selection, environment),
    detail: [
      consequence(options ?? {}),
      ...(environment && isStuck(environment) ? lastFailure(environment, !options) : []),
      ...(hasNoLosses(losses)
        ? []
        : [
            "",
            l10n.t("You'll lose the following from this window if it's in the environment:"),
            ...lossLines(losses),
          ]),
    ].join("\n"),
    buttons: [
      ...(losses.unsaved.length > 0 ? [save, withoutSaving] : [disconnect]),
      ...(options ? [] : [more]),
    ],
  };
}

function message(selection: Selection, environment: EnvironmentInfo | undefined): string {
  const name = singleLine(nameOf(selection));
  // when disconnected, this is the last node pool
  const pool = environment?.state === "DISCONNECTED" ? undefined : environment?.connection?.nodePoolId;
  return pool ? l10n.t("Disconnect {0} from {1}?", name, pool) : l10n.t("Disconnect {0}?", name);
}

/** Whether the environment is still connected after a failed disconnect. */
function isStuck(environment: EnvironmentInfo): boolean {
  return environment.state === "CONNECTED" && hasFailed(environment);
}

/** @param hasMore whether the dialog has the button that the text points to */
function lastFailure({ status }: EnvironmentInfo, hasMore: boolean): string[] {
  const reason = singleLine(status?.message ?? status?.code ?? "", 200).replace(/\.$/, "");
  return [
    l10n.t("The last change failed: {0}.", reason),
    ...(hasMore ? [l10n.t("If it fails again, choose More… for recovery options.")] : []),
  ];
}
