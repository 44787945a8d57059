import { beforeEach, expect, it, vi } from "vitest";
import { account, confirmed, environment } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { InFlightCounter } from "../../util/inFlightCounter.js";
import { pickAccount } from "./accountStep.js";
import { signIn } from "./signIn.js";
import { switchAccount } from "./switchAccount.js";

vi.mock("./accountStep.js", () => ({ pickAccount: vi.fn() }));
vi.mock("./signIn.js", () => ({ signIn: vi.fn(async () => true) }));

const ending = environment({ lease: { until: "2026-11-22T18:30:00Z", keptBy: ["vscode"] } });

function harness() {
  const view = confirmed(ending);
  const switchTo = vi.fn();
  const app = {
    runningChanges: new InFlightCounter(),
    session: { ensureReady: vi.fn(), select: vi.fn() },
    store: { view },
    environments: { all: [view] },
    credentials: { switchTo },
    reporter: { notify: vi.fn() },
  } as unknown as App;
  return { app, switchTo };
}

beforeEach(() => {
  recorded.messages.length = 0;
  recorded.click = undefined;
  vi.mocked(signIn).mockClear();
});

it.each<[answer: string | undefined, switches: boolean]>([
  [undefined, false],
  ["Switch Account", true],
])("names the connections that would lose their end, and takes the answer %s", async (answer, switches) => {
  recorded.click = answer;
  for (const wanted of [{ accountId: "globex" }, "anotherKey"] as const) {
    recorded.messages.length = 0;
    vi.mocked(pickAccount).mockResolvedValue(wanted);
    const { app, switchTo } = harness();
    expect(await switchAccount(app)).toBe(switches);
    expect(recorded.messages).toEqual([
      "Switch accounts? This window won't disconnect these environments at their end.",
    ]);
    const calls = wanted === "anotherKey" ? vi.mocked(signIn).mock.calls : switchTo.mock.calls;
    expect(calls).toHaveLength(switches ? 1 : 0);
  }
});

it("doesn't ask for the account in use", async () => {
  vi.mocked(pickAccount).mockResolvedValue({ accountId: account.accountId });
  const { app, switchTo } = harness();
  expect(await switchAccount(app)).toBe(true);
  expect(recorded.messages).toEqual([]);
  expect(switchTo).toHaveBeenCalledWith("acme");
});
