import * as vscode from "vscode";
import type { App } from "../../app.js";
import type { LeaseEndingParams } from "../../protocol.g.js";
import { guarded } from "../../runCommand.js";
import { nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { timesIn } from "../../util/times.js";
import { findLosses } from "../disconnect/findLosses.js";
import { lossLines } from "../disconnect/losses.js";
import { sendEnd } from "./setEnd.js";
import { endingText } from "./texts.js";

/** How much longer *Extend* keeps a connection, in seconds from now. */
const extension = 3_600;

/** Shows that a connection is about to end, with what the user can do about it. */
export async function tellEnding(
  app: App,
  { accountId, environmentId, environment, until }: LeaseEndingParams,
): Promise<void> {
  const on = environment ?? { accountId, environmentId };
  const minutes = Math.round((Date.parse(until) - Date.now()) / 60_000);
  const time = timesIn(vscode.env.language).short(until);
  app.reporter.notify(
    "Warning",
    endingText(singleLine(nameOf(on)), time, minutes, lossLines(findLosses(app.debugSessions))),
    ["extend", "setEnd", "disconnect", "clearEnd"],
    {
      extend: guarded(app, () => sendEnd(app, on, { durationSeconds: extension })),
      clearEnd: guarded(app, () => sendEnd(app, on, null)),
    },
    on,
  );
}
