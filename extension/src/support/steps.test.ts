import { describe, expect, it } from "vitest";
import type { Diagnosis, DiagnosisStep } from "../protocol.g.js";
import { diagnosisMarkdown, headline } from "./steps.js";

const step = (id: DiagnosisStep["id"], verdict: DiagnosisStep["verdict"], message = "m"): DiagnosisStep => ({
  id,
  verdict,
  milliseconds: 12,
  message,
});
const diagnosis = (...steps: DiagnosisStep[]): Diagnosis => ({
  gateway: "https://gateway.example",
  time: "2026-11-22T08:00:00Z",
  steps,
});

describe("a diagnosis", () => {
  it.each([
    [[step("tls", "ok"), step("http", "skipped")], "No problems found"],
    [[step("tls", "warning"), step("http", "ok")], "Working, with warnings: Certificate (TLS)"],
    [[step("tls", "warning"), step("key", "failed"), step("account", "skipped")], "Failed: API key"],
  ])("names the step that failed", (steps, sentence) => {
    expect(headline(diagnosis(...steps))).toBe(sentence);
  });

  it("is copied as Markdown, with other markup escaped", () => {
    const said = { ...step("tls", "failed", "its issuer | is\n*nobody*"), detail: "<b>x</b>" };
    expect(diagnosisMarkdown(diagnosis(said))).toBe(`## Companion diagnosis: Failed: Certificate (TLS)

https://gateway.example, 2026-11-22T08:00:00Z

| Step | Result | Time | Details |
| --- | --- | ---: | --- |
| Certificate (TLS) | Failed | 12 ms | its issuer \\| is \\*nobody\\* (\\<b\\>x\\</b\\>) |
`);
  });
});
