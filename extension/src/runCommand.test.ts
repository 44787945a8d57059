import { beforeEach, expect, it } from "vitest";
import { account, environment } from "../test/views.js";
import { recorded } from "../test/vscode.js";
import type { App } from "./app.js";
import { copyId } from "./features/views/copyId.js";
import { commandRunner } from "./runCommand.js";
import { Store } from "./state/store.js";
import type { Selection } from "./state/view.js";
import { InFlightCounter } from "./util/inFlightCounter.js";

const store = new Store();
const app = { store, runningCommands: new InFlightCounter(), reporter: { error: () => undefined } };

beforeEach(() => {
  recorded.copied.length = 0;
});

/** The row of an environment, whose members are accessors of its class. */
class Row {
  get accountId() {
    return "acme";
  }

  get environmentId() {
    return "trainer";
  }

  item() {}
}

it.each<[unknown, Selection | undefined]>([
  [new Row(), { accountId: "acme", environmentId: "trainer" }],
  [environment({ displayName: "T" }), { accountId: "acme", environmentId: "trainer", displayName: "T" }],
  [undefined, undefined],
  [{ name: "mine" }, undefined],
  [{ accountId: 1, environmentId: "trainer" }, undefined],
  ["trainer", undefined],
])("passes the environment in %o to the handler", async (argument, expected) => {
  const passed: unknown[] = [];
  const run = commandRunner(app as unknown as App, () => async (_, given) => passed.push(given));
  await run("companion.connect", argument);
  expect(passed).toEqual([expected]);
});

it("copies the ID of the row's environment, or of the workspace's", async () => {
  const run = commandRunner(app as unknown as App, () => copyId);
  await run("companion.copyId");
  expect(recorded.copied).toEqual([]);
  store.dispatch({ type: "account", account });
  store.dispatch({ type: "selected", environment: environment({ environmentId: "eval" }) });
  await run("companion.copyId");
  await run("companion.copyId", new Row());
  expect(recorded.copied).toEqual(["eval", "trainer"]);
});
