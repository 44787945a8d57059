import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { cases, stateCases } from "../../../test/statusBarCases.js";
import { account, confirmed, environment, observed } from "../../../test/views.js";
import { environmentStates } from "../../protocol.g.js";
import { initialView, type View } from "../../state/view.js";
import { statusBarContent } from "./content.js";

const times = {
  clock: () => "8:24:11 AM",
  short: () => "Nov 22, 8:24 AM",
  long: () => "Nov 22, 2026, 8:24:11 AM",
};
const content = (view: View, now = observed) => statusBarContent(view, now, times);

/** The table in docs/status-bar.md, according to the code. */
function table(): string {
  const rows = cases.map(({ when, view, now }) => {
    const { text, label, color } = content(view, now);
    const [, icon, words] = /^\$\((.*?)\) (.*)$/.exec(text) ?? [];
    return `| ${when} | \`${icon}\` | ${words} | ${label} | ${color ?? ""} |`;
  });
  return [
    "| when | icon | text | screen reader label | color |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

describe("each case", () => {
  it("matches docs/status-bar.md, which vitest run -u updates", async () => {
    const path = fileURLToPath(new URL("../../../../docs/status-bar.md", import.meta.url));
    const text = await readFile(path, "utf8");
    const [before, after] = text.split(/(?<=<!-- begin table -->\n)[\s\S]*(?=<!-- end table -->)/);
    await expect(`${before}\n${table()}\n\n${after}`).toMatchFileSnapshot(path);
  });

  it("differs from the others, except for intended duplicates", () => {
    const shown = cases.map(({ view, now }) => JSON.stringify(content(view, now)));
    const again = cases.filter((_, index) => shown.indexOf(shown[index] as string) < index);
    expect(again.map(({ when }) => when)).toEqual([
      "one request failed with a temporary error",
      "no update for more than 90 s, for example after sleep",
    ]);
  });

  it("has a color only if the user needs to act", () => {
    const colored = cases.filter(({ view, now }) => content(view, now).color !== undefined);
    expect(colored.map(({ when }) => when)).toEqual([
      "CONNECTED, in the last two minutes before the end that the user set",
      "CONNECTED after a failed disconnect: you still pay for it",
      "the server couldn't be started, or crashed repeatedly",
    ]);
  });
});

describe("a confirmed state", () => {
  it("has its own label for each state of the contract", () => {
    const words = stateCases.map(({ view }) => content(view).text.replace(/^.*: /, ""));
    expect(new Set(words).size).toBe(environmentStates.length);
  });

  it("shows the environment's name without icons", () => {
    expect(content(confirmed(environment({ displayName: "Night $(error) run" }))).text).toBe(
      "$(vm-active) Night $ (error) run: Connected",
    );
  });

  it("doesn't count OK as a failure", () => {
    expect(content(confirmed(environment({ status: { code: "OK" } })))).toEqual(content(confirmed()));
  });
});

describe("an unconfirmed state", () => {
  it.each(environmentStates)("is shown as outdated: %s", (state) => {
    const { text, label, color } = content(confirmed(environment({ state }), { confirmed: false }));
    expect(text).toMatch(/^\$\(history\) trainer: [A-Za-z ]+\? \(Nov 22, 8:24 AM\)$/);
    expect(label).toMatch(
      /^Companion: environment trainer: last known state .*, Nov 22, 2026, 8:24:11 AM, not confirmed since$/,
    );
    expect(color).toBeUndefined();
  });

  it("doesn't change while a server starts", () => {
    const old = confirmed(environment(), { server: "stopped", account: undefined, confirmed: false });
    expect(content({ ...old, server: "starting" })).toEqual(content(old));
  });
});

it("is marked in the sandbox", () => {
  for (const { view, now } of cases) {
    const { text, label } = content({ ...view, sandbox: true }, now);
    expect(text).toMatch(/ \(Sandbox\)$/);
    expect(label).toMatch(/, in the sandbox$/);
  }
  expect(content({ ...initialView, sandbox: true, account }).text).toBe(
    "$(vm) Companion: No Environment (Sandbox)",
  );
});
