import { describe, expect, it } from "vitest";
import { RefusalPrompt } from "./refusalPrompt.js";

const key = { id: "5-acme", reason: "The key is not accepted." };

/** Windows on one machine. Each can have the focus, and they share claims. */
function windows(count: number) {
  const claimed = new Set<string>();
  return Array.from({ length: count }, () => {
    const window = { focused: false, present: Promise.resolve(true), prompts: [] as string[] };
    const prompt = new RefusalPrompt({
      focused: () => window.focused,
      present: () => window.present,
      claim: async (id) => !claimed.has(id) && Boolean(claimed.add(id)),
      release: async (id) => void claimed.delete(id),
      prompt: (reason) => window.prompts.push(reason),
    });
    return { window, prompt };
  });
}

type Windows = ReturnType<typeof windows>;
const promptsOf = (all: Windows) => all.map(({ window }) => window.prompts.length);

async function look(all: Windows, index: number): Promise<void> {
  all.forEach(({ window }, other) => {
    window.focused = other === index;
  });
  for (const { prompt } of all) await prompt.windowFocused();
}

describe("a rejected key is reported", () => {
  it("only in the focused window, whichever notices first", async () => {
    const all = windows(3);
    await look(all, 1);
    for (const { prompt } of all) await prompt.refused(key);
    await look(all, 2);
    await look(all, 0);
    expect(promptsOf(all)).toEqual([0, 1, 0]);
  });

  it("once if several windows believe they have the focus", async () => {
    const all = windows(3);
    for (const { window } of all) window.focused = true;
    await Promise.all(all.map(({ prompt }) => prompt.refused(key)));
    expect(promptsOf(all).sort()).toEqual([0, 0, 1]);
  });

  it("in the next window that gets the focus if none has it", async () => {
    const all = windows(2);
    for (const { prompt } of all) await prompt.refused(key);
    expect(promptsOf(all)).toEqual([0, 0]);
    await look(all, 1);
    await look(all, 0);
    expect(promptsOf(all)).toEqual([0, 1]);
  });

  it("not in a lost window with the focus, but in the next one that gets it", async () => {
    const all = windows(2);
    const [lost, next] = all;
    if (!lost || !next) throw new Error("two windows");
    let answer = (_: boolean) => {};
    lost.window.present = new Promise((resolve) => (answer = resolve));
    await look([lost], 0);
    void lost.prompt.refused(key);
    await next.prompt.refused(key);
    next.window.focused = true;
    await next.prompt.windowFocused();
    expect(promptsOf(all)).toEqual([0, 1]);
    answer(true); // the tab is back, but another window has reported it
    await lost.window.present;
    await lost.prompt.windowFocused();
    expect(promptsOf(all)).toEqual([0, 1]);
  });

  it.each([
    ["whose workbench can't be checked", false, true, 0],
    ["that lost the focus before the workbench responded", true, false, 0],
    ["whose workbench responds", true, true, 1],
  ])("in a window %s: %j, focus %j: %i", async (_, answer, focused, prompts) => {
    const all = windows(1);
    const [one] = all;
    if (!one) throw new Error("one window");
    one.window.focused = true;
    one.window.present = Promise.resolve(answer);
    const refused = one.prompt.refused(key);
    one.window.focused = focused;
    await refused;
    expect(promptsOf(all)).toEqual([prompts]);
  });

  it("only once while it's still rejected", async () => {
    const all = windows(2);
    await look(all, 0);
    for (let round = 0; round < 3; round++) for (const { prompt } of all) await prompt.refused(key);
    expect(promptsOf(all)).toEqual([1, 0]);
  });

  it("not if a command has reported it", async () => {
    const all = windows(2);
    await look(all, 0);
    await all[0]?.prompt.alreadyShown(key.id);
    for (const { prompt } of all) await prompt.refused(key);
    await look(all, 1);
    expect(promptsOf(all)).toEqual([0, 0]);
  });

  it("not if it was accepted before a window got the focus", async () => {
    const all = windows(1);
    await all[0]?.prompt.refused(key);
    await all[0]?.prompt.accepted(key.id);
    await look(all, 0);
    expect(promptsOf(all)).toEqual([0]);
  });

  it("not in a window after another one reported it, even if that one's key is accepted again", async () => {
    const all = windows(2);
    await look(all, 0);
    for (const { prompt } of all) await prompt.refused(key);
    await look(all, 1);
    await all[0]?.prompt.accepted(key.id);
    await look(all, 1);
    expect(promptsOf(all)).toEqual([1, 0]);
  });

  it("not if a command reported it before a window got the focus", async () => {
    const all = windows(2);
    for (const { prompt } of all) await prompt.refused(key);
    await all[0]?.prompt.alreadyShown(key.id);
    await all[1]?.prompt.accepted(key.id);
    await look(all, 0);
    await look(all, 1);
    expect(promptsOf(all)).toEqual([0, 0]);
  });

  it("again if it was accepted in between", async () => {
    const all = windows(1);
    await look(all, 0);
    await all[0]?.prompt.refused(key);
    await all[0]?.prompt.accepted(key.id);
    await all[0]?.prompt.refused(key);
    expect(promptsOf(all)).toEqual([2]);
  });

  it("also for another key", async () => {
    const all = windows(1);
    await look(all, 0);
    await all[0]?.prompt.refused(key);
    await all[0]?.prompt.refused({ ...key, id: "6-acme" });
    expect(promptsOf(all)).toEqual([2]);
  });
});
