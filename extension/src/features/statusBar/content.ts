import * as l10n from "@vscode/l10n";
import type { EnvironmentInfo } from "../../protocol.g.js";
import { type Elapsed, elapsed } from "../../state/elapsed.js";
import { freshness } from "../../state/freshness.js";
import { timeLeft } from "../../state/leases.js";
import { stateAppearance, stateLabel } from "../../state/states.js";
import { hasFailed } from "../../state/transitions.js";
import { isGone, isSignedOut, nameOf, type View } from "../../state/view.js";
import { durationText, usualText } from "../../util/duration.js";
import { shortenMiddle, singleLine } from "../../util/text.js";
import type { Times } from "../../util/times.js";

export interface StatusBarContent {
  readonly text: string;
  /** The label for screen readers. */
  readonly label: string;
  /** Set only if the user needs to act. */
  readonly color: "warning" | "error" | undefined;
}

/** An environment's name, as long as it's shown in the text and in the label. */
interface Name {
  readonly short: string;
  readonly full: string;
}

interface Said {
  readonly icon: string;
  readonly text: string;
  readonly label: string;
  readonly color?: "warning" | "error";
}

/** The maximum number of characters of a name, so that what follows stays visible. */
const longestName = 28;

/**
 * Returns what the status bar shows. It never claims more than the gateway's last answer proved.
 * @param now wall clock time in milliseconds
 */
export function statusBarContent(view: View, now: number, times: Times): StatusBarContent {
  const { icon, text, label, color } =
    serverContent(view) ?? withPlan(environmentContent(view, now, times), view);
  return {
    text: `$(${icon}) ${text}${view.sandbox ? ` ${l10n.t("(Sandbox)")}` : ""}`,
    label: view.sandbox ? l10n.t("{0}, in the sandbox", label) : label,
    color,
  };
}

function withPlan(said: Said, { plannedDisconnect }: View): Said {
  if (!plannedDisconnect) return said;
  const { text, label } = said;
  return {
    ...said,
    text: l10n.t("{0}, then disconnect", text),
    label: l10n.t("{0}, will be disconnected as soon as it's connected", label),
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
  const full = singleLine(nameOf(view.selection));
  const name = { short: shortenMiddle(full, longestName), full };
  if (isGone(view)) {
    return {
      icon: "question",
      text: l10n.t("{0}: Not Found", name.short),
      label: l10n.t("Companion: environment {0}: not found", name.full),
    };
  }
  const fresh = freshness(view, now);
  if (!view.environment) return fresh === "offline" ? offline(name) : unknown(name);
  if (fresh === "present") return withWait(present(name, view.environment, now, times), name, view, times);
  return fresh === "offline"
    ? offlineSince(name, view.environment, times)
    : past(name, view.environment, times, view.problem?.message);
}

function present(name: Name, environment: EnvironmentInfo, now: number, times: Times): Said {
  const { state, stateSince = "" } = environment;
  const { icon, word } = stateAppearance(state);
  const failed = hasFailed(environment);
  // The change that should have ended or moved the connection failed, so it still costs money.
  if (failed && state === "CONNECTED") {
    return {
      icon: "warning",
      text: l10n.t("{0}: Still Connected", name.short),
      label: l10n.t("Companion: environment {0}: still connected, after a failure", name.full),
      color: "warning",
    };
  }
  const left = timeLeft(environment, now);
  if (left) return ending(name, environment, left.seconds, times);
  const time = elapsed(environment, now);
  const label = time
    ? l10n.t(
        "Companion: environment {0}: {1} since {2}",
        name.full,
        stateLabel(state),
        times.long(stateSince),
      )
    : l10n.t("Companion: environment {0}: {1}", name.full, word);
  return {
    icon: failed ? "warning" : icon,
    text: time?.seconds ? timeText(name.short, environment, time) : l10n.t("{0}: {1}", name.short, word),
    label: failed
      ? l10n.t("{0}, after a failure", label)
      : time?.isLate
        ? l10n.t("{0}, longer than usual", label)
        : label,
  };
}

/** Waiting replaces only a state in which nothing costs money. */
function withWait(said: Said, name: Name, { environment, roomWait }: View, times: Times): Said {
  if (!roomWait || roomWait.isStopped || environment?.state !== "DISCONNECTED") return said;
  return {
    icon: said.icon,
    text: l10n.t("{0}: Waiting for Room", name.short),
    label: l10n.t(
      "{0}, waiting for room in {1} until {2}",
      said.label,
      roomWait.connection.nodePoolId,
      times.long(roomWait.until),
    ),
  };
}

/** The last moment to keep a connection. Screen readers don't get the seconds, because they would read each of them. */
function ending(name: Name, { state, lease }: EnvironmentInfo, seconds: number, times: Times): Said {
  return {
    icon: stateAppearance(state).icon,
    text: l10n.t("{0}: Ends in {1}", name.short, durationText(seconds)),
    label: l10n.t(
      "Companion: environment {0}: {1}, will be disconnected on {2}",
      name.full,
      stateLabel(state),
      times.long(lease?.until ?? ""),
    ),
    color: "warning",
  };
}

/** The icon is enough for a connected environment. */
function timeText(
  name: string,
  { state, expectedSeconds }: EnvironmentInfo,
  { seconds, isLate }: Elapsed,
): string {
  const time = durationText(seconds);
  if (state === "CONNECTED") return `${name} · ${time}`;
  const { word } = stateAppearance(state);
  if (expectedSeconds === undefined) return `${l10n.t("{0}: {1}", name, word)} ${time}`;
  const usual = usualText(expectedSeconds);
  return isLate
    ? l10n.t("{0}: {1} {2}, late (usually {3})", name, word, time, usual)
    : l10n.t("{0}: {1} {2}, usually {3}", name, word, time, usual);
}

function past(name: Name, environment: EnvironmentInfo, times: Times, reason: string | undefined): Said {
  const word = stateLabel(environment.state);
  const said = l10n.t(
    "Companion: environment {0}: last known state {1}, {2}, not confirmed since",
    name.full,
    word,
    times.long(environment.observedAt),
  );
  return {
    icon: "history",
    text: l10n.t("{0}: {1}? ({2})", name.short, word, times.short(environment.observedAt)),
    label: reason ? `${said}: ${reason}` : said,
  };
}

function offlineSince(name: Name, environment: EnvironmentInfo, times: Times): Said {
  const word = stateLabel(environment.state);
  return {
    icon: "circle-slash",
    text: l10n.t("{0}: Offline, {1}? ({2})", name.short, word, times.short(environment.observedAt)),
    label: l10n.t(
      "Companion: environment {0}: offline, last known state {1}, {2}, not confirmed since",
      name.full,
      word,
      times.long(environment.observedAt),
    ),
  };
}

function offline(name: Name): Said {
  return {
    icon: "circle-slash",
    text: l10n.t("{0}: Offline", name.short),
    label: l10n.t("Companion: environment {0}: offline, state unknown", name.full),
  };
}

function unknown(name: Name): Said {
  return {
    icon: "question",
    text: l10n.t("{0}: State Unknown", name.short),
    label: l10n.t("Companion: environment {0}: state unknown", name.full),
  };
}
