import { beforeEach, describe, expect, it, vi } from "vitest";
import { RecordingLog, recorded } from "../../test/vscode.js";
import { UserError } from "../errors/userError.js";
import { MaskedLog } from "../log/maskedLog.js";
import { SecretMask } from "../log/secretMask.js";
import { Reporter } from "./report.js";

const key = "fw_test_0123456789abcdef";

function reporter() {
  const mask = new SecretMask();
  mask.add(key);
  const log = new RecordingLog();
  return { log, reporter: new Reporter(new MaskedLog(log as never, mask), mask) };
}

beforeEach(() => {
  recorded.messages.length = 0;
  recorded.executed.length = 0;
  recorded.buttons = [];
  recorded.click = undefined;
});

describe("a notification", () => {
  it("offers available actions in the given order", () => {
    const actions = ["tryAgain", "rebuildSnapshots", "forceDisconnect", "refresh", "showLog"] as const;
    reporter().reporter.notify("Error", "It failed.", actions, { rebuildSnapshots: () => undefined });
    expect(recorded.buttons).toEqual(["Rebuild Snapshots…", "Refresh", "Show Log"]);
  });

  it("runs the callback of its button, or else the command", async () => {
    const tryAgain = vi.fn();
    recorded.click = "Try Again";
    reporter().reporter.notify("Error", "It failed.", ["tryAgain"], { tryAgain });
    await vi.waitFor(() => expect(tryAgain).toHaveBeenCalledOnce());
    expect(recorded.executed).toEqual([]);
    recorded.click = "Show Log";
    reporter().reporter.notify("Error", "It failed.", ["showLog"]);
    await vi.waitFor(() => expect(recorded.executed).toEqual([["companion.showLog"]]));
  });

  it("masks keys, and shows no links from the gateway", () => {
    reporter().reporter.notify("Error", `[here](command:quit) with ${key}`, []);
    expect(recorded.messages).toEqual([expect.not.stringMatching(/\]\(|0123456789/)]);
  });
});

describe("an error", () => {
  it("is shown with its meaning, and logged", () => {
    const test = reporter();
    const data = { detail: "Do this.", actions: [] };
    test.reporter.error(Object.assign(new Error("It failed."), { code: 13, data }));
    expect(recorded.messages).toEqual(["It failed. Do this."]);
    expect(test.log.lines).toEqual(["error It failed."]);
  });

  it("is logged with its stack only if it's unexpected", () => {
    const test = reporter();
    test.reporter.error(new UserError("Select an environment first.", []));
    test.reporter.error(new TypeError("x is not a function"));
    expect(test.log.lines).toEqual([
      "error Select an environment first.",
      expect.stringMatching(/^error TypeError: x is not a function\n +at /),
    ]);
  });

  it("isn't shown if the user canceled", () => {
    reporter().reporter.error({ code: -32800, message: "Stopped." });
    expect(recorded.messages).toEqual([]);
  });
});
