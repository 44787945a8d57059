import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Claims } from "./claims.js";

const folder = mkdtempSync(join(tmpdir(), "companion-claims-"));

describe("a claim", () => {
  it("succeeds for one of many callers, and for another one after its release", async () => {
    const windows = Array.from({ length: 8 }, () => new Claims(join(folder, "one")));
    const had = await Promise.all(windows.map((claims) => claims.claim("5-acme")));
    expect(had.filter(Boolean)).toHaveLength(1);
    await new Claims(join(folder, "one")).release("5-acme");
    expect(await new Claims(join(folder, "one")).claim("5-acme")).toBe(true);
  });

  it("succeeds if the folder can't be used", async () => {
    writeFileSync(join(folder, "file"), "");
    expect(await new Claims(join(folder, "file")).claim("5-acme")).toBe(true);
  });
});
