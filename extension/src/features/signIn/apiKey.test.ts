import { describe, expect, it } from "vitest";
import { apiKeyObjection } from "./apiKey.js";

describe("apiKeyObjection", () => {
  it.each(["fw_test_0123456789", " fw_test_0123456789\n", "x"])("takes %j", (text) =>
    expect(apiKeyObjection(text)).toBeUndefined(),
  );

  it.each(["", "  ", "two words", "schlüssel", "a\u0000b"])("refuses %j", (text) =>
    expect(apiKeyObjection(text)?.severity).toBe("error"),
  );
});
