import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { freshness } from "../../state/freshness.js";
import { stateAppearance, stateLabel } from "../../state/states.js";
import { hasFailed, isGone, isSignedOut, nameOf, type View } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import type { Times } from "../../util/times.js";

export interface StatusBarContent {
  readonly text: string;
  /** The label for screen readers. */
  readonly label: string;
  /** Set only if the user needs to act. */
  readonly color: "warning" | "error" | undefined;
}

interface Said {
  readonly icon: string;
  readonly text: string;
  readonly label: string;
  readonly color?: "warning" | "error";
}

/**
 * Returns what the status bar shows. It never claims more than the gateway's last answer proved.
 * @param now wall clock time in milliseconds
 */
export function statusBarContent(view: View, now: number, times: Times): StatusBarContent {
  const { icon, text, label, color } = serverContent(view) ?? environmentContent(view, now, times);
  return {
    text: `$(${icon}) ${text}${view.sandbox ? ` ${l10n.t("(Sandbox)")}` : ""}`,
    label: view.sandbox ? l10n.t("{0}, in the sandbox", label) : label,
    color,
  };
}

/** Returns what matters more than the environment, if anything. */
function serverContent(view: View): Said | undefined {
  if (view.server === "failed") {
    return {
      icon: "error",
      text: l10n.t("Companion: Server Stopped"),
      label: l10n.t("Companion: the server has stopped and must be restarted"),
      color: "error",
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
  return undefined;
}

function environmentContent(view: View, now: number, times: Times): Said {
  if (!view.selection) {
    return {
      icon: "vm",
      text: l10n.t("Companion: No Environment"),
      label: l10n.t("Companion: no environment is selected"),
    };
  }
  const name = singleLine(nameOf(view.selection));
  if (isGone(view)) {
    return {
      icon: "question",
      text: l10n.t("{0}: Not Found", name),
      label: l10n.t("Companion: environment {0}: not found", name),
    };
  }
  const fresh = freshness(view, now);
  if (!view.environment) return fresh === "offline" ? offline(name) : unknown(name);
  if (fresh === "present") return present(name, view.environment);
  return fresh === "offline"
    ? offlineSince(name, view.environment, times)
    : past(name, view.environment, times, view.problem?.message);
}

function present(name: string, environment: EnvironmentInfo): Said {
  const { icon, word } = stateAppearance(environment.state);
  const failed = hasFailed(environment);
  // The change that should have ended or moved the connection failed, so it still costs money.
  if (failed && environment.state === "CONNECTED") {
    return {
      icon: "warning",
      text: l10n.t("{0}: Still Connected", name),
      label: l10n.t("Companion: environment {0}: still connected, after a failure", name),
      color: "warning",
    };
  }
  const label = l10n.t("Companion: environment {0}: {1}", name, word);
  return {
    icon: failed ? "warning" : icon,
    text: l10n.t("{0}: {1}", name, word),
    label: failed ? l10n.t("{0}, after a failure", label) : label,
  };
}

function past(name: string, environment: EnvironmentInfo, times: Times, reason: string | undefined): Said {
  const word = stateLabel(environment.state);
  const said = l10n.t(
    "Companion: environment {0}: last known state {1}, {2}, not confirmed since",
    name,
    word,
    times.long(environment.observedAt),
  );
  return {
    icon: "history",
    text: l10n.t("{0}: {1}? ({2})", name, word, times.short(environment.observedAt)),
    label: reason ? `${said}: ${reason}` : said,
  };
}

function offlineSince(name: string, environment: EnvironmentInfo, times: Times): Said {
  const word = stateLabel(environment.state);
  return {
    icon: "circle-slash",
    text: l10n.t("{0}: Offline, {1}? ({2})", name, word, times.short(environment.observedAt)),
    label: l10n.t(
      "Companion: environment {0}: offline, last known state {1}, {2}, not confirmed since",
      name,
      word,
      times.long(environment.observedAt),
    ),
  };
}

function offline(name: string): Said {
  return {
    icon: "circle-slash",
    text: l10n.t("{0}: Offline", name),
    label: l10n.t("Companion: environment {0}: offline, state unknown", name),
  };
}

function unknown(name: string): Said {
  return {
    icon: "question",
    text: l10n.t("{0}: State Unknown", name),
    label: l10n.t("Companion: environment {0}: state unknown", name),
  };
}
