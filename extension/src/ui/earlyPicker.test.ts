import { beforeEach, expect, it, vi } from "vitest";
import { type QuickPick, recorded } from "../../test/vscode.js";
import { pickerDuring } from "./earlyPicker.js";
import { pick } from "./pick.js";

beforeEach(() => {
  recorded.quickPicks.length = 0;
});

const last = () => recorded.quickPicks.at(-1) as QuickPick;
const options = { title: "T", placeholder: "P", lines: [{ label: "a", value: "a" }] };

it("is taken over by the next picker, with the entered text", async () => {
  let done: (value: string) => void = () => undefined;
  const waiting = pickerDuring("Soon", new Promise<string>((resolve) => (done = resolve)));
  const early = last();
  expect(early).toMatchObject({ title: "Soon", busy: true });
  early.type("a");
  done("ready");
  expect(await waiting).toBe("ready");
  const answer = pick(options);
  expect(recorded.quickPicks).toEqual([early]);
  expect(early).toMatchObject({ title: "T", value: "a", busy: false });
  early.accept();
  expect(await answer).toEqual({ value: "a" });
});

it("ends if the user closes it", async () => {
  const waiting = pickerDuring("Soon", new Promise(() => undefined));
  last().hide();
  expect(await waiting).toBe("cancelled");
  void pick(options);
  expect(recorded.quickPicks).toHaveLength(2);
});

it.each([
  ["nothing is asked", async () => "ready"],
  ["the work fails", () => Promise.reject(new Error("no"))],
])("is closed if %s", async (_, work) => {
  const waiting = pickerDuring("Soon", work());
  const dispose = vi.spyOn(last(), "dispose");
  await waiting.catch(() => undefined);
  await vi.waitFor(() => expect(dispose).toHaveBeenCalledOnce());
  void pick(options);
  expect(recorded.quickPicks).toHaveLength(2);
});
