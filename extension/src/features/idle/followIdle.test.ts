import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { environment, observed } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { Store } from "../../state/store.js";
import { followIdle } from "./followIdle.js";

const trainer = { accountId: "acme", environmentId: "trainer" };
const minute = 60_000;

let following: { dispose(): unknown } | undefined;

beforeEach(() => {
  vi.useFakeTimers({ now: observed });
  recorded.settings.set("companion.remindWhenIdle", 30);
});
afterEach(() => {
  following?.dispose();
  recorded.settings.clear();
  vi.useRealTimers();
});

function harness(state = "CONNECTED", reminds = true) {
  const store = new Store();
  store.dispatch({
    type: "gateway",
    sandbox: false,
    selection: trainer,
    remembered: environment({ state }),
  });
  const workbench = { answer: Promise.resolve(true) };
  const app = { store, presence: { proven: () => workbench.answer }, log: { warn: vi.fn() } };
  const remind = vi.fn(async (_: unknown, minutes: number) => minutes > 0 && reminds);
  following = followIdle(app as unknown as App, remind);
  const pass = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * minute);
  return { store, workbench, remind, pass };
}

it("reminds once after the time in the setting, and again after something has happened", async () => {
  const { remind, pass } = harness();
  await pass(29);
  expect(remind).not.toHaveBeenCalled();
  await pass(2);
  expect(remind).toHaveBeenCalledWith(expect.anything(), 30);
  await pass(600);
  expect(remind).toHaveBeenCalledOnce();
  recorded.worked.fire(undefined);
  await pass(31);
  expect(remind).toHaveBeenCalledTimes(2);
});

it.each<[what: string, act: () => void, counts: boolean]>([
  ["work", () => recorded.worked.fire(undefined), true],
  ["an edit", () => recorded.documentChanged.fire({ document: { uri: { scheme: "file" } } }), true],
  ["the focus", () => recorded.windowStateChanged.fire(recorded.windowState), true],
  [
    "a line of a log",
    () => recorded.documentChanged.fire({ document: { uri: { scheme: "output" } } }),
    false,
  ],
])("takes %s for activity, or not", async (_, act, counts) => {
  const { remind, pass } = harness();
  await pass(20);
  act();
  await pass(20);
  expect(remind).toHaveBeenCalledTimes(counts ? 0 : 1);
  await pass(11);
  expect(remind).toHaveBeenCalledOnce();
});

it("looks again later if the window might be busy", async () => {
  const { remind, pass } = harness("CONNECTED", false);
  await pass(31);
  expect(remind).toHaveBeenCalledOnce();
  await pass(31);
  expect(remind).toHaveBeenCalledTimes(2);
});

it("isn't on by default, and follows the setting", async () => {
  recorded.settings.clear();
  const { remind, pass } = harness();
  await pass(600);
  expect(remind).not.toHaveBeenCalled();
  recorded.settings.set("companion.remindWhenIdle", 700);
  recorded.settingsChanged.fire(undefined);
  await pass(99);
  expect(remind).not.toHaveBeenCalled();
  await pass(2);
  expect(remind).toHaveBeenCalledOnce();
});

it("asks nothing while the environment isn't connected or nobody can see the window", async () => {
  const { remind, pass, workbench, store } = harness("DISCONNECTED");
  await pass(60);
  store.dispatch({ type: "seen", environment: environment() });
  let answer = (_: boolean) => {};
  workbench.answer = new Promise((resolve) => (answer = resolve));
  await pass(60);
  expect(remind).not.toHaveBeenCalled();
  answer(true);
  await pass(0);
  expect(remind).toHaveBeenCalledOnce();
});
