import { describe, expect, it } from "vitest";
import { type Answer, type Position, runSteps, type Step } from "./steps.js";

function script(answers: (Answer<string> | "next")[]) {
  const asked: { name: string; state: string; position: Position }[] = [];
  const step =
    (name: string): Step<string> =>
    async (state, position) => {
      asked.push({ name, state, position });
      const answer = answers.shift();
      if (answer === undefined) throw new Error("asked too often");
      return answer === "next" ? { value: state + name } : answer;
    };
  return { asked, steps: ["a", "b", "c"].map(step) };
}

describe("runSteps", () => {
  it("runs one step after the other with the earlier answers", async () => {
    const { steps, asked } = script(["next", "next", "next"]);
    expect(await runSteps(steps, "")).toBe("abc");
    expect(
      asked.map(({ state, position }) => [state, position.step, position.totalSteps, position.canGoBack]),
    ).toEqual([
      ["", 1, 3, false],
      ["a", 2, 3, true],
      ["ab", 3, 3, true],
    ]);
  });

  it("goes back and keeps the answers", async () => {
    const { steps, asked } = script(["next", "back", { value: "x" }, "next", "next"]);
    expect(await runSteps(steps, "")).toBe("xbc");
    expect(asked.map(({ name, state }) => name + state)).toEqual(["a", "ba", "aa", "bx", "cxb"]);
  });

  it("starts later, and can go back to a skipped step", async () => {
    const { steps, asked } = script(["back", "next", "next", "next"]);
    expect(await runSteps(steps, "", 1)).toBe("abc");
    expect(asked.map(({ name }) => name).join("")).toBe("babc");
    expect(asked[0]?.position).toEqual({ step: 2, totalSteps: 3, canGoBack: true });
  });

  it("ends when the user cancels", async () => {
    const { steps } = script(["next", "cancelled"]);
    expect(await runSteps(steps, "")).toBeUndefined();
  });

  it("throws errors", async () => {
    const { steps } = script([]);
    await expect(runSteps(steps, "")).rejects.toThrow("asked too often");
  });
});
