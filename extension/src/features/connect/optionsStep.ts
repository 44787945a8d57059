import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import type { EndChoice } from "../../state/ends.js";
import { type Line, pick } from "../../ui/pick.js";
import type { Answer, Position } from "../../ui/steps.js";
import { singleLine } from "../../util/text.js";
import { askEnd, labelOf } from "../lease/endStep.js";
import { endText } from "../lease/texts.js";
import { askRole } from "./roleStep.js";
import { roleName } from "./roles.js";

/** The less common options of a connection. */
export interface Options {
  /** Undefined for the node pool's default. */
  readonly role: string | undefined;
  readonly useLocalStorage: boolean;
  readonly end: EndChoice;
}

type Choice = "done" | "end" | "role" | "localStorage";

/** Returns a summary of the options that differ from the defaults. */
export function optionsText({ role, useLocalStorage, end }: Options): string {
  const parts = [
    end !== "none" && endText(end),
    role && l10n.t("role {0}", singleLine(roleName(role))),
    useLocalStorage ? l10n.t("local storage") : undefined,
  ];
  return parts.filter(Boolean).join(", ");
}

/** Lets the user change options until they're done. */
export async function askOptions(
  app: App,
  environment: EnvironmentInfo,
  title: string,
  before: Options,
  position: Position,
): Promise<Answer<Options>> {
  let options = before;
  let active: Choice = "role";
  for (;;) {
    const answer = await pick<Choice>({
      title,
      placeholder: l10n.t("Choose an option to change"),
      position,
      lines: optionLines(options),
      isActive: (value) => value === active,
    });
    if (typeof answer === "string") return answer === "back" ? { value: options } : answer;
    if (answer.value === "done") return { value: options };
    active = answer.value;
    if (answer.value === "localStorage") {
      options = { ...options, useLocalStorage: !options.useLocalStorage };
      continue;
    }
    if (answer.value === "end") {
      const end = await askEnd(title, options.end, position);
      if (end === "cancelled") return end;
      if (end === "back") continue;
      options = { ...options, end: end.value };
      active = "done";
      continue;
    }
    const role = await askRole(app, environment, title, options.role, position);
    if (role === "cancelled") return role;
    if (role === "back") continue;
    options = { ...options, ...role.value };
    active = "done";
  }
}

function optionLines({ role, useLocalStorage, end }: Options): Line<Choice>[] {
  return [
    {
      label: l10n.t("End"),
      description: labelOf(end),
      detail: l10n.t("The time at which Companion disconnects the environment."),
      iconPath: new vscode.ThemeIcon("watch"),
      value: "end",
    },
    {
      label: l10n.t("Role"),
      description: role === undefined ? l10n.t("node pool default") : singleLine(roleName(role)),
      detail: role ?? l10n.t("The AWS IAM role that the connection assumes."),
      iconPath: new vscode.ThemeIcon("shield"),
      value: "role",
    },
    {
      label: l10n.t("Local storage"),
      description: useLocalStorage ? l10n.t("on") : l10n.t("off"),
      detail: l10n.t("Mounts the node's local storage at /tmp. Has no effect if the node doesn't have any."),
      iconPath: new vscode.ThemeIcon(useLocalStorage ? "check" : "database"),
      value: "localStorage",
    },
    {
      label: l10n.t("Done"),
      detail: l10n.t("Return to the number of ranks."),
      iconPath: new vscode.ThemeIcon("arrow-left"),
      value: "done",
    },
  ];
}
