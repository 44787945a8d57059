import * as l10n from "@vscode/l10n";
import type { Difference } from "../../state/folderChoice.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";

/** Returns what another window chose, and what this one keeps using. */
export function differenceText(difference: Difference): string {
  switch (difference.kind) {
    case "enteredSandbox":
      return l10n.t(
        "Another window for this folder switched to the sandbox. This window keeps using the real gateway until you reload it.",
      );
    case "leftSandbox":
      return l10n.t(
        "Another window for this folder left the sandbox. This window stays in the sandbox until you reload it.",
      );
    case "account":
      return l10n.t(
        "Another window for this folder switched to account {0}. This window keeps using account {1} until you reload it.",
        difference.there,
        difference.here,
      );
    case "environment":
      return l10n.t(
        "Another window for this folder selected {0}. This window keeps using {1} until you reload it.",
        singleLine(nameOf(difference.there)),
        singleLine(nameOf(difference.here)),
      );
  }
}
