import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import type { EnvironmentInfo } from "../../protocol.g.js";
import type { Losses } from "./losses.js";
import type { DisconnectOptions } from "./options.js";
import { disconnectQuestion } from "./question.js";

const nothing: Losses = { unsaved: [], tasks: [], debugSessions: [], notebooks: [], terminals: [] };
const trainer = { accountId: "acme", environmentId: "trainer", displayName: "Night run" };
const connected = environment({ connection: { nodePoolId: "h100" } });
const stuck = environment({ ...connected, status: { code: "INTERNAL", message: "The snapshot failed." } });
const busy: Losses = { ...nothing, tasks: ["train"], terminals: ["bash"] };
const unsaved: Losses = { ...nothing, unsaved: ["a.ts"] };

describe("the dialog before a disconnect", () => {
  it.each<[string, EnvironmentInfo | undefined, Losses, DisconnectOptions | undefined, string[] | undefined]>(
    [
      ["nothing to lose: one Enter", connected, nothing, undefined, ["Disconnect", "More…"]],
      ["something running", connected, busy, undefined, ["Disconnect", "More…"]],
      [
        "an unsaved editor",
        connected,
        unsaved,
        undefined,
        ["Save All and Disconnect", "Disconnect Without Saving", "More…"],
      ],
      ["chosen options and nothing to save", connected, busy, { resetSnapshots: true }, undefined],
      ["another try and nothing to save", connected, nothing, {}, undefined],
      [
        "chosen options and something to save",
        connected,
        unsaved,
        { force: true },
        ["Save All and Disconnect", "Disconnect Without Saving"],
      ],
      ["an environment in an unknown state", undefined, nothing, undefined, ["Disconnect", "More…"]],
    ],
  )("with %s", (_, described, losses, options, titles) => {
    const question = disconnectQuestion(trainer, described, losses, options);
    expect(question?.buttons.map(({ title }) => title)).toEqual(titles);
  });

  it("says from which node pool, and what happens", () => {
    expect(disconnectQuestion(trainer, connected, nothing)).toMatchObject({
      message: "Disconnect Night run from h100?",
      detail: "A snapshot is taken first. Anything running in the environment will be stopped.",
    });
    const last = environment({ ...connected, state: "DISCONNECTED" });
    expect(disconnectQuestion(trainer, last, nothing)?.message).toBe("Disconnect Night run?");
    expect(disconnectQuestion(trainer, undefined, nothing)?.message).toBe("Disconnect Night run?");
  });

  it("lists by name what the user would lose", () => {
    expect(
      disconnectQuestion(trainer, connected, { ...busy, ...{ unsaved: ["a.ts"] } })?.detail.split("\n"),
    ).toEqual([
      "A snapshot is taken first. Anything running in the environment will be stopped.",
      "",
      "You'll lose the following from this window if it's in the environment:",
      "Unsaved editors: a.ts",
      "Running tasks: train",
      "Open terminals: bash",
    ]);
  });

  it("mentions an earlier failed disconnect", () => {
    expect(disconnectQuestion(trainer, stuck, nothing)?.detail).toContain(
      "The last change failed: The snapshot failed.\nIf it fails again, choose More… for recovery options.",
    );
  });

  it.each([undefined, {}, { resetSnapshots: true }, { force: true }])(
    "points to More… only if it has that button: %j",
    (options) => {
      const question = disconnectQuestion(trainer, stuck, unsaved, options);
      expect(question?.detail).toContain("The last change failed: The snapshot failed.");
      const hasMore = question?.buttons.some(({ title }) => title === "More…");
      expect(question?.detail.includes("More…")).toBe(hasMore);
    },
  );

  it("explains the consequences of the options", () => {
    expect(disconnectQuestion(trainer, connected, unsaved, { force: true })?.detail).toMatch(
      /anything that isn't in a snapshot is lost/i,
    );
    expect(disconnectQuestion(trainer, connected, unsaved, { resetSnapshots: true })?.detail).toMatch(
      /^Rebuilds the snapshots/,
    );
  });
});
