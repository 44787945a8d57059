import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { isGone, isSignedOut, nameOf, type View } from "../../state/view.js";
import { plain } from "../../util/text.js";
import { lookOf, wordOf } from "./states.js";

export interface StatusBarContent {
  readonly text: string;
  /** What a screen reader says. */
  readonly label: string;
  /** Only where a person has to act. */
  readonly colour: "warning" | "error" | undefined;
}

interface Said {
  readonly icon: string;
  readonly text: string;
  readonly label: string;
  readonly colour?: "warning" | "error";
}

/** What the status bar says: never more than the gateway's last answer proved. */
export function statusBarContent(view: View, formatTime: (time: string) => string): StatusBarContent {
  const { icon, text, label, colour } = said(view, formatTime);
  return {
    text: `$(${icon}) ${text}${view.sandbox ? ` ${l10n.t("(Sandbox)")}` : ""}`,
    label: view.sandbox ? l10n.t("{0}, in the sandbox", label) : label,
    colour,
  };
}

function said(view: View, formatTime: (time: string) => string): Said {
  if (view.server === "failed") {
    return {
      icon: "error",
      text: l10n.t("Companion: Server Stopped"),
      label: l10n.t("Companion: the server has stopped and is to be restarted"),
      colour: "error",
    };
  }
  if (view.server === "restarting") {
    return {
      icon: "sync~spin",
      text: l10n.t("Companion: Server Restarting…"),
      label: l10n.t("Companion: the server is restarting"),
    };
  }
  if (isSignedOut(view)) {
    return { icon: "account", text: l10n.t("Companion: Signed Out"), label: l10n.t("Companion: signed out") };
  }
  if (!view.selection) {
    return {
      icon: "vm",
      text: l10n.t("Companion: No Environment"),
      label: l10n.t("Companion: no environment is selected"),
    };
  }
  const name = plain(nameOf(view.selection));
  if (isGone(view)) {
    return {
      icon: "question",
      text: l10n.t("{0}: Not Found", name),
      label: l10n.t("Companion: environment {0}: not found", name),
    };
  }
  if (!view.environment) {
    return {
      icon: "question",
      text: l10n.t("{0}: State Unknown", name),
      label: l10n.t("Companion: environment {0}: state unknown", name),
    };
  }
  return view.confirmed ? present(name, view.environment) : past(name, view.environment, formatTime);
}

function present(name: string, environment: EnvironmentInfo): Said {
  const { icon, word } = lookOf(environment.state);
  const label = l10n.t("Companion: environment {0}: {1}", name, word);
  const text = l10n.t("{0}: {1}", name, word);
  const failed = environment.status !== undefined && environment.status.code !== "OK";
  // Connected with a failure behind it: a disconnect that did not happen, and is still paid for.
  if (failed && environment.state === "CONNECTED") return { icon: "warning", text, label, colour: "warning" };
  return { icon: failed ? "warning" : icon, text, label };
}

function past(name: string, environment: EnvironmentInfo, formatTime: (time: string) => string): Said {
  const { word } = lookOf(environment.state);
  const time = formatTime(environment.observedAt);
  return {
    icon: "history",
    text: l10n.t("{0}: {1}?", name, wordOf(environment.state)),
    label: l10n.t(
      "Companion: environment {0}: last known as {1}, {2}, not confirmed since",
      name,
      word,
      time,
    ),
  };
}
