import { describe, expect, it } from "vitest";
import { SecretMask } from "../log/secretMask.js";
import { lastLines, maxLogBytes, type ReportParts, reportFiles } from "./reportFiles.js";

const key = "fw_test_0123456789abcdef";
const mask = new SecretMask();
mask.add("odd.password");

const parts: ReportParts = {
  versions: { vscode: "1.139.1" },
  settings: [{ name: "http.proxy", isSet: true, origin: "user" }],
  events: [{ time: "2026-11-22T08:00:00Z", kind: "log", text: `Bearer ${key}` }],
  server: {
    version: "0.1.0",
    runtime: ".NET 10",
    operatingSystem: "Debian",
    processId: 7,
    startedAt: "2026-11-22T08:00:00Z",
    memoryMebibytes: 40,
    settings: [{ name: "gatewayUrl", isSet: true, value: "https://odd.password", origin: "initialize" }],
    events: [{ time: "2026-11-22T08:00:01Z", kind: "state", text: "train-a: CONNECTED" }],
    dropped: 0,
  },
  diagnosis: { gateway: "https://gateway.example", time: "2026-11-22T08:00:00Z", steps: [] },
  logs: [{ name: "Companion.log", text: `a ${key}\n` }],
};
const names = (given: ReportParts) => reportFiles(given, (text) => mask.apply(text)).map(({ name }) => name);

describe("reportFiles", () => {
  it("have both records, the settings, the diagnosis, the versions, and the logs", () => {
    expect(names(parts)).toEqual([
      ...["versions.json", "settings.json", "diagnosis.md"],
      ...["events-extension.jsonl", "events-server.jsonl", "logs/Companion.log"],
    ]);
  });

  it("say why the server couldn't be asked", () => {
    const files = reportFiles(
      { ...parts, server: "it does not run", diagnosis: "it does not run" },
      (text) => text,
    );
    expect(files.map(({ name }) => name)).not.toContain("events-server.jsonl");
    expect(files[0]?.text).toContain('"server": "it does not run"');
    expect(files[2]?.text).toBe("it does not run\n");
  });

  it("contain no secrets", () => {
    const all = JSON.stringify(reportFiles(parts, (text) => mask.apply(text)));
    expect(all).not.toContain(key);
    expect(all).not.toContain("odd.password");
  });
});

describe("a log", () => {
  it("is included in full if it's short", () => {
    expect(lastLines(Buffer.from("one\ntwo\n"))).toBe("one\ntwo\n");
  });

  it("is included from a line break on if it's long", () => {
    const text = lastLines(Buffer.from(`${"x".repeat(maxLogBytes)} ${key}\n${"line\n".repeat(1000)}`));
    expect(text).toBe("line\n".repeat(1000));
  });
});
