import { beforeEach, expect, it, vi } from "vitest";
import { confirmed, environment } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { timesIn } from "../../util/times.js";
import { disconnectOnce } from "../disconnect/disconnect.js";
import { confirmLeaving } from "./confirmLeaving.js";

vi.mock("../disconnect/disconnect.js", () => ({ disconnectOnce: vi.fn() }));

const until = "2026-11-22T18:30:00Z";
const ending = environment({ displayName: "Night run", lease: { until, keptBy: ["vscode"] } });
const others = [
  environment({ environmentId: "open-ended" }),
  environment({ environmentId: "missed", lease: { until, keptBy: [] } }),
  environment({ environmentId: "off", state: "DISCONNECTED" }),
];

const leaving = { question: "Sign out?", disconnectFirst: "Disconnect and Sign Out", leave: "Sign Out" };

/** An app that knows these environments. */
const appWith = (all: ReturnType<typeof environment>[]) =>
  ({ environments: { all: all.map((one) => confirmed(one)) } }) as unknown as App;

beforeEach(() => {
  recorded.messages.length = 0;
  recorded.click = undefined;
  vi.mocked(disconnectOnce).mockReset();
});

it("goes on without a question if no connection has an end", async () => {
  expect(await confirmLeaving(appWith(others), leaving)).toBe(true);
  expect(recorded.messages).toEqual([]);
});

it.each<[answer: string | undefined, signsOut: boolean]>([
  [undefined, false],
  ["Sign Out", true],
])("names the connections that have an end, and takes the answer %s", async (answer, signsOut) => {
  recorded.click = answer;
  expect(await confirmLeaving(appWith([...others, ending]), leaving)).toBe(signsOut);
  expect(recorded.messages).toEqual(["Sign out?"]);
  expect(recorded.modal).toEqual({
    modal: true,
    detail: `Night run: ${timesIn("en").short(until)}\nThey stay connected, and you're charged for them.`,
  });
  expect(recorded.buttons).toEqual(["Disconnect and Sign Out", "Sign Out"]);
  expect(disconnectOnce).not.toHaveBeenCalled();
});

it.each([
  ["signs out", environment({ state: "DISCONNECTED" }), true],
  ["stays signed in if that fails", ending, false],
])("disconnects first, and %s", async (_, after, signsOut) => {
  recorded.click = "Disconnect and Sign Out";
  const app = appWith([ending]);
  vi.mocked(disconnectOnce).mockImplementation(async () => {
    Object.assign(app.environments, { all: [confirmed(after)] });
  });
  expect(await confirmLeaving(app, leaving)).toBe(signsOut);
  expect(vi.mocked(disconnectOnce).mock.calls).toEqual([[app, ending, {}]]);
});
