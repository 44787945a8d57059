import { afterEach, describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { recorded } from "../../../test/vscode.js";
import { UserError } from "../../errors/userError.js";
import type { EndChoice } from "../../state/ends.js";
import { checkDefaultEnd, defaultEnd } from "./defaultEnd.js";

const { pattern } = manifest.contributes.configuration.properties["companion.defaultEnd"];

afterEach(() => recorded.settings.clear());

describe("companion.defaultEnd", () => {
  it.each<[text: string, end: EndChoice]>([
    ["", "none"],
    ["  ", "none"],
    ["8 h", { durationSeconds: 28_800 }],
    [" 90min ", { durationSeconds: 5_400 }],
    ["1,5 H", { durationSeconds: 5_400 }],
    ["1 h 30 min", { durationSeconds: 5_400 }],
    ["18:30", { timeOfDay: "18:30" }],
    ["7:05", { timeOfDay: "07:05" }],
  ])("%j is an end, also in the settings editor", (text, end) => {
    recorded.settings.set("companion.defaultEnd", text);
    expect(checkDefaultEnd).not.toThrow();
    expect(defaultEnd()).toEqual(end);
    expect(text).toMatch(new RegExp(pattern));
  });

  it.each([["8"], ["25:00"], ["30 s"], ["366 d"], ["tonight"], [8], [true]])(
    "%j is refused before anything is sent, instead of connecting without an end",
    (value) => {
      recorded.settings.set("companion.defaultEnd", value);
      expect(checkDefaultEnd).toThrow(UserError);
      expect(checkDefaultEnd).toThrow(`companion.defaultEnd must be a duration`);
      expect(checkDefaultEnd).toThrow(`It's ${value}. Nothing was sent.`);
      expect(defaultEnd(), "in the status bar").toBe("none");
    },
  );

  it.each(["8", "25:00", "tonight", ":"])("%j is marked in the settings editor", (text) =>
    expect(text).not.toMatch(new RegExp(pattern)),
  );
});
