import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { account, confirmed, environment } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import type { AccountInfo, LeaseInfo } from "../../protocol.g.js";
import { type PickOptions, pick } from "../../ui/pick.js";
import { timesIn } from "../../util/times.js";
import { canSystemKeep } from "./keeperStep.js";
import { setEnd } from "./setEnd.js";

vi.mock("../../ui/pick.js", () => ({ pick: vi.fn() }));
vi.mock("../../ui/progress.js", () => ({ progressAfterDelay: (_: string, work: () => unknown) => work() }));

const until = "2026-11-22T18:30:00Z";
const time = timesIn("en").short(until);
const platform = process.platform;
const keyOrigin = "auth.ini";
const on = (name: string) => Object.defineProperty(process, "platform", { value: name });

/** Runs *Set End…* with the user's answers. */
async function set(
  keySource: AccountInfo["keySource"],
  answers: unknown[],
  keptBy: LeaseInfo["keptBy"] = ["vscode"],
) {
  const ask = vi.fn(async (_: string, __: unknown) => ({ lease: { until, keptBy } }));
  const messages: string[] = [];
  const shown: { heading?: string | undefined; labels: string[] }[] = [];
  vi.mocked(pick).mockImplementation(async ({ typed, lines }: PickOptions<unknown>) => {
    const labels = (lines as readonly { label: string }[]).map(({ label }) => label);
    shown.push({ heading: typed?.heading, labels });
    return answers.shift() as never;
  });
  const trainer = environment({ lease: { until, keptBy } });
  await setEnd(
    {
      environments: { viewOf: () => confirmed(trainer) },
      memory: { endOf: () => "none" },
      reporter: { notify: (_: string, message: string) => void messages.push(message) },
      session: { ask },
      store: { view: { account: { ...account, keySource, keyOrigin }, sandbox: false } },
    } as unknown as App,
    trainer,
  );
  return { messages, shown, sent: ask.mock.calls.map(([, params]) => params) };
}

const hour = { value: { durationSeconds: 3_600 } };
const sentHour = { accountId: "acme", environmentId: "trainer", lease: { durationSeconds: 3_600 } };

beforeEach(() => {
  on("linux");
  recorded.messages.length = 0;
});
afterEach(() => void on(platform));

describe("what keeps an end", () => {
  it.each<[keySource: AccountInfo["keySource"], platform: string, sandbox: boolean, expected: boolean]>([
    ["file", "linux", false, true],
    ["environment", "linux", false, true],
    ["signIn", "linux", false, false],
    ["sandbox", "linux", true, false],
    ["file", "linux", true, false],
    ["file", "darwin", false, false],
    ["file", "win32", false, false],
  ])("can be the system for a key from %s on %s: sandbox %s, %s", (keySource, name, sandbox, expected) => {
    on(name);
    expect(canSystemKeep({ account: { ...account, keySource, keyOrigin }, sandbox })).toBe(expected);
  });

  it("isn't asked for if only VS Code can keep it", async () => {
    const { sent, shown } = await set("signIn", [hour]);
    expect(sent).toEqual([sentHour]);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.heading).toBe(
      "Companion disconnects it then, but only if VS Code is running on this computer.",
    );
  });

  it.each([true, false])("is what the user chooses: by the system %s", async (bySystem) => {
    const { sent, shown } = await set("file", [hour, { value: bySystem }]);
    expect(sent).toEqual([{ ...sentHour, bySystem }]);
    expect(shown[0]?.heading).toBe("Next, choose whether VS Code must be running then");
    expect(shown[1]?.labels).toEqual(["While VS Code Is Running", "Even If VS Code Is Closed"]);
  });

  it("is offered first as it is", async () => {
    const { shown } = await set("file", [hour, { value: true }], ["vscode", "system"]);
    expect(shown[1]?.labels).toEqual(["Even If VS Code Is Closed", "While VS Code Is Running"]);
  });

  it("can be left without a change, and isn't asked for without an end", async () => {
    expect((await set("file", [hour, "cancelled"])).sent).toEqual([]);
    expect((await set("file", [hour, "back", "cancelled"])).sent).toEqual([]);
    expect((await set("file", [{ value: "none" }])).sent).toEqual([{ ...sentHour, lease: null }]);
  });

  it.each<[keptBy: LeaseInfo["keptBy"], message: string]>([
    [["vscode"], `trainer ends ${time}, if VS Code is running then.`],
    [["vscode", "system"], `trainer ends ${time}, if this computer is on and you're logged in then.`],
  ])("is told as the server promises it: %s", async (keptBy, message) => {
    expect((await set("file", [hour, { value: true }], keptBy)).messages).toEqual([message]);
  });
});
