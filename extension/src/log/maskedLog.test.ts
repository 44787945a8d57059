import { describe, expect, it } from "vitest";
import type { LogOutputChannel } from "vscode";
import { RecordingLog } from "../../test/vscode.js";
import { MaskedLog } from "./maskedLog.js";
import { SecretMask } from "./secretMask.js";

const key = "fw_test_0123456789abcdef";

describe("MaskedLog", () => {
  it("masks secrets in every method", () => {
    const recording = new RecordingLog();
    const log = new MaskedLog(recording as unknown as LogOutputChannel, new SecretMask());
    const ways: ((text: string) => void)[] = [
      (text) => log.trace(text),
      (text) => log.debug("x", text),
      (text) => log.info("x", { apiKey: text }),
      (text) => log.warn("x", new Error(text)),
      (text) => log.error(text),
      (text) => log.error(new Error(text)),
      (text) => log.append(text),
      (text) => log.appendLine(text),
      (text) => log.replace(text),
    ];
    for (const way of ways) way(`Bearer ${key}`);
    expect(recording.lines).toHaveLength(ways.length);
    for (const line of recording.lines) {
      expect(line).not.toContain(key);
      expect(line).toContain("Bearer [API key]");
    }
  });

  it("otherwise behaves like the wrapped channel", () => {
    const recording = new RecordingLog();
    const log = new MaskedLog(recording as unknown as LogOutputChannel, new SecretMask());
    expect([log.name, log.logLevel]).toEqual(["Companion", recording.logLevel]);
    log.info("a", 1, null, undefined);
    expect(recording.lines).toEqual(["info a 1 null undefined"]);
  });
});
