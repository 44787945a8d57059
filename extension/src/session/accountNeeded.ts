import * as l10n from "@vscode/l10n";
import { UserError } from "../errors/userError.js";

/** The key has access to several accounts, and none is selected. */
export class AccountNeeded extends UserError {
  constructor() {
    super(l10n.t("The API key has access to several accounts. Choose one."), ["switchAccount", "showLog"]);
    this.name = "AccountNeeded";
  }
}
