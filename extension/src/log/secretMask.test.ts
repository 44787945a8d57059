import { describe, expect, it } from "vitest";
import { SecretMask } from "./secretMask.js";

describe("SecretMask", () => {
  it("masks anything that looks like a key", () => {
    expect(new SecretMask().apply("a fw_test_0123456789 b fpk_test-abcdefgh c")).toBe(
      "a [API key] b [API key] c",
    );
  });

  it("masks any added key, whatever it looks like", () => {
    const mask = new SecretMask();
    mask.add("odd.key");
    expect(mask.apply('{"apiKey":"odd.key"} odd.key')).toBe('{"apiKey":"[API key]"} [API key]');
  });

  it("masks a key in JSON", () => {
    const mask = new SecretMask();
    mask.add('q"u\\ote');
    expect(mask.apply(JSON.stringify({ apiKey: 'q"u\\ote' }))).toBe('{"apiKey":"[API key]"}');
  });

  it("leaves other text unchanged", () => {
    const mask = new SecretMask();
    mask.add("");
    expect(mask.apply("fw_short and software_engineering")).toBe("fw_short and software_engineering");
  });
});
