import { describe, expect, it } from "vitest";
import { consentQuestion, resultText, withConsent } from "./protection.js";

const refused = {
  code: 9,
  message: "The folder cannot be used. Nothing was sent.",
  data: { outcome: "notApplied", unprotected: "Access is denied." },
};

describe("a connect without protection", () => {
  it.each<[what: string, error: unknown, allowed: boolean, asked: boolean]>([
    ["needs consent", refused, false, true],
    ["doesn't need consent again", refused, true, false],
    ["isn't another rejection", { ...refused, data: { outcome: "notApplied" } }, false, false],
    ["isn't another failure", { ...refused, code: 14 }, false, false],
    [
      "isn't one that might have been sent",
      { ...refused, data: { ...refused.data, outcome: "unknown" } },
      false,
      false,
    ],
    ["isn't another kind of error", new Error("lost"), false, false],
  ])("%s", (_, error, allowUnprotected, asked) => {
    const question = consentQuestion(error, { allowUnprotected });
    if (asked)
      expect(question).toMatch(/^The folder cannot be used\. Nothing was sent\. If you connect anyway, /);
    else expect(question).toBeUndefined();
  });

  it("is sent again with consent", () => {
    const params = { environmentId: "trainer", connection: { nodePoolId: "h100", numRanks: 8 } };
    expect(withConsent(params)).toEqual({ ...params, allowUnprotected: true });
  });
});

describe("the text after a change", () => {
  it.each([
    [undefined, "trainer is disconnected."],
    [
      "Access is denied.",
      "trainer is disconnected. This change wasn't protected from other windows: Access is denied.",
    ],
  ])("with %s", (unprotected, said) => {
    expect(resultText("trainer is disconnected.", unprotected === undefined ? {} : { unprotected })).toBe(
      said,
    );
  });
});
