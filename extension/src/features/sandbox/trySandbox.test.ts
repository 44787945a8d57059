import { expect, it, vi } from "vitest";
import { confirmed, environment } from "../../../test/views.js";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { enterSandbox } from "./sandbox.js";
import { trySandbox } from "./trySandbox.js";

vi.mock("./sandbox.js", () => ({ enterSandbox: vi.fn() }));

const ending = environment({ lease: { until: "2026-11-22T18:30:00Z", keptBy: ["vscode"] } });

it.each<
  [
    what: string,
    known: ReturnType<typeof environment>,
    answer: string | undefined,
    enters: boolean,
    sandbox?: boolean,
  ]
>([
  ["enters at once without ends", environment(), undefined, true],
  ["stays with an end", ending, undefined, false],
  ["doesn't ask about ends in the sandbox itself", ending, undefined, true, true],
  ["enters if the user accepts that an end isn't kept", ending, "Enter the Sandbox", true],
])("%s", async (_, known, answer, enters, sandbox = false) => {
  vi.mocked(enterSandbox).mockClear();
  recorded.click = answer;
  const notify = vi.fn();
  const app = {
    store: { view: confirmed(known, { sandbox }) },
    environments: { all: [confirmed(known)] },
    reporter: { notify },
  } as unknown as App;
  await trySandbox(app);
  expect(enterSandbox).toHaveBeenCalledTimes(enters ? 1 : 0);
  expect(notify).toHaveBeenCalledTimes(enters ? 1 : 0);
});
