import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";

// The third bundle has a copy of the library of its own.
if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });

export { diagnose } from "./diagnose.js";
export { saveReport } from "./saveReport.js";
