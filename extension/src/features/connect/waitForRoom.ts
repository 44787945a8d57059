import { randomUUID } from "node:crypto";
import * as l10n from "@vscode/l10n";
import type { App } from "../../app.js";
import { isCancelled, isServerLost } from "../../errors/rpcError.js";
import type { EnvironmentInfo, WorkDoneProgress } from "../../protocol.g.js";
import { timeOf } from "../../state/ends.js";
import type { RoomWait } from "../../state/roomWaits.js";
import { stateLabel } from "../../state/states.js";
import { isSelected, nameOf } from "../../state/view.js";
import { singleLine } from "../../util/text.js";
import { type Failure, runChange } from "../change/runChange.js";
import { type Connect, changeOf } from "./connectChange.js";
import { askHowLong } from "./waitStep.js";

/**
 * Waits until the node pool has room, and then connects once. Another change of the environment ends the waiting.
 * @param until when the waiting ends, in RFC 3339. By default, the user is asked.
 */
export async function waitForRoom(app: App, connect: Connect, until?: string): Promise<void> {
  const { plan, connection, end } = connect;
  const { nodePoolId } = connection;
  const asked = until === undefined ? await askHowLong(nodePoolId) : undefined;
  const last = until ?? (asked && timeOf(asked, Date.now()).toISOString());
  if (last === undefined) return;
  const { environment } = plan;
  if (!isSelected(app.store.view, environment)) app.session.select(environment);
  const change = changeOf(app, connect);
  const shown = new ShownWait(app, {
    id: randomUUID(),
    sandbox: app.memory.sandbox,
    environment: app.environments.viewOf(environment)?.environment ?? environment,
    connection,
    end,
    until: last,
  });
  try {
    await runChange(app, {
      ...change,
      params: { ...change.params, waitForCapacity: { until: last } },
      stop: shown.stop,
      onProgress: (progress) => shown.progress(progress),
      failed: (failure) => shown.failed(failure),
      serverLost: (now) => shown.lost(now),
      failureActions: {
        waitForRoom: () => app.runningCommands.run(() => waitForRoom(app, connect)),
      },
    });
  } finally {
    shown.end();
  }
}

/** Shows and keeps a wait, as long as nothing is sent. */
class ShownWait {
  readonly #app: App;
  readonly #wait: RoomWait;
  readonly #stop = new AbortController();
  readonly #listening;
  #isWaiting = false;
  /** Whether it can be resumed, because nobody ended it. */
  #isLost = false;

  constructor(app: App, wait: RoomWait) {
    this.#app = app;
    this.#wait = wait;
    this.#listening = [
      app.roomWaits.onStop.listen((id) => {
        if (id === wait.id) this.#stop.abort();
      }),
      // The user can select another environment, and come back.
      app.store.onChange.listen((view) => {
        if (this.#isWaiting && isSelected(view, wait.environment) && !view.roomWait) this.#show();
      }),
    ];
    this.#begin();
  }

  get stop(): AbortSignal {
    return this.#stop.signal;
  }

  progress({ stage }: WorkDoneProgress): void {
    if (stage === "waitingForRoom") this.#begin();
    else if (stage !== "unconfirmed" && this.#isWaiting) {
      this.#hide();
      void this.#app.awareness.begin(this.#wait.environment); // for the time that a connect takes from now
    }
  }

  failed({ error, isStopped }: Failure): void {
    // If the window closes, the server ends the waiting, too.
    this.#isLost = this.#isWaiting && !isStopped && (isServerLost(error) || isCancelled(error));
  }

  /** Returns what to say after the server was lost, if nothing was being sent. */
  lost(now: EnvironmentInfo) {
    if (!this.#isLost) return undefined;
    const message = l10n.t(
      "Companion's server stopped, so {0} is no longer waiting for room in {1}. Current state: {2}.",
      singleLine(nameOf(now)),
      this.#wait.connection.nodePoolId,
      stateLabel(now.state),
    );
    return { message, actions: ["resumeWaiting", "showLog"] as const };
  }

  end(): void {
    for (const one of this.#listening) one.dispose();
    if (this.#isWaiting && !this.#isLost) this.#hide();
  }

  #begin(): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    this.#app.roomWaits.keep(this.#wait);
    this.#show();
  }

  #show(): void {
    const wait = { ...this.#wait, isStopped: false };
    this.#app.store.dispatch({ type: "waitingForRoom", environment: wait.environment, wait });
  }

  #hide(): void {
    this.#isWaiting = false;
    const { id, environment } = this.#wait;
    this.#app.roomWaits.drop(id);
    this.#app.store.dispatch({ type: "waitingForRoom", environment, wait: undefined }); // a later wait shows itself again
  }
}
