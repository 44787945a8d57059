import { describe, expect, it } from "vitest";
import { SecretMask } from "./secretMask.js";

describe("SecretMask", () => {
  it("masks what looks like a key without having been told", () => {
    expect(new SecretMask().apply("a fw_test_0123456789 b fpk_test-abcdefgh c")).toBe(
      "a [API key] b [API key] c",
    );
  });

  it("masks a key of any look once it is told", () => {
    const mask = new SecretMask();
    mask.add("odd.key");
    expect(mask.apply('{"apiKey":"odd.key"} odd.key')).toBe('{"apiKey":"[API key]"} [API key]');
  });

  it("masks a key as JSON escapes it", () => {
    const mask = new SecretMask();
    mask.add('q"u\\ote');
    expect(mask.apply(JSON.stringify({ apiKey: 'q"u\\ote' }))).toBe('{"apiKey":"[API key]"}');
  });

  it("leaves all else alone", () => {
    const mask = new SecretMask();
    mask.add("");
    expect(mask.apply("fw_short and software_engineering")).toBe("fw_short and software_engineering");
  });
});
