import { describe, expect, it } from "vitest";
import { apiKeyError } from "./apiKey.js";

describe("apiKeyError", () => {
  it.each(["fw_test_0123456789", " fw_test_0123456789\n", "x"])("accepts %j", (text) =>
    expect(apiKeyError(text)).toBeUndefined(),
  );

  it.each([
    ["\u200bfw_test_0123456789", "U+200B"],
    ["fw_test_0123\u00a0456789", "U+00A0"],
    ["fw_test_01\ufeff23456789", "U+FEFF"],
    ["fw_test_01\u000023456789", "U+0000"],
    ["Bearer fw_test_0123456789", "Bearer"],
    ["Authorization: bearer fw_test_0123456789", "Bearer"],
    ['"Bearer fw_test_0123456789"', "Bearer"],
    ['"fw_test_0123456789"', "quotation marks"],
    ["fw_test_0123456789'", "quotation marks"],
    ["“fw_test_0123456789”", "quotation marks"],
    ["fw_test_ 0123456789", "spaces"],
  ])("explains what's wrong with %j", (text, named) => {
    expect(apiKeyError(text)?.message).toContain(named);
    expect(apiKeyError(text)?.message).not.toContain("fw_test");
  });

  it.each(['sk-"inner"-0', "bearer_token_0123", "Bearer"])("accepts %j", (text) =>
    expect(apiKeyError(text)).toBeUndefined(),
  );

  it.each(["", "  ", "two words", "schlüssel", "a\u0000b"])("rejects %j", (text) =>
    expect(apiKeyError(text)?.severity).toBe("error"),
  );
});
