import { beforeEach, expect, it, vi } from "vitest";
import { confirmed, environment } from "../../../test/views.js";
import type { App } from "../../app.js";
import { findLosses } from "../disconnect/findLosses.js";
import { remindOfConnection } from "./remindOfConnection.js";

vi.mock("../disconnect/findLosses.js", () => ({ findLosses: vi.fn() }));

const none = { unsaved: [], tasks: [], debugSessions: [], notebooks: [], terminals: [] };

function harness(state = "CONNECTED") {
  const ask = vi.fn(async () => environment({ state }));
  const notify = vi.fn();
  const view = confirmed(environment({ displayName: "Night run" }));
  const app = { store: { view }, session: { ask }, reporter: { notify } } as unknown as App;
  return { app, ask, notify };
}

beforeEach(() => void vi.mocked(findLosses).mockReturnValue(none));

it("says that the environment is still connected, with what to do about it", async () => {
  vi.mocked(findLosses).mockReturnValue({ ...none, unsaved: ["notes.md"] }); // nobody is working on it
  const { app, notify } = harness();
  expect(await remindOfConnection(app, 90)).toBe(true);
  expect(notify.mock.calls).toEqual([
    [
      "Warning",
      "Night run is still connected, and nothing has happened in this window for 1 h 30 m.",
      ["disconnect", "setEnd"],
      {},
      app.store.view.selection,
    ],
  ]);
});

it.each([
  ["a task", { tasks: ["train"] }],
  ["a debug session", { debugSessions: ["Attach"] }],
  ["a notebook", { notebooks: [{ name: "a.ipynb", isRunning: false }] }],
  ["a terminal", { terminals: ["bash"] }],
])("says nothing and asks nothing while there's %s", async (_, losses) => {
  vi.mocked(findLosses).mockReturnValue({ ...none, ...losses });
  const { app, ask, notify } = harness();
  expect(await remindOfConnection(app, 90)).toBe(false);
  expect(ask).not.toHaveBeenCalled();
  expect(notify).not.toHaveBeenCalled();
});

it("says nothing if the gateway says that it isn't connected", async () => {
  const { app, notify } = harness("DISCONNECTED");
  expect(await remindOfConnection(app, 90)).toBe(false);
  expect(notify).not.toHaveBeenCalled();
});
