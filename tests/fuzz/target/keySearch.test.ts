import { expect, it } from "vitest";
import { findForms, formsOf, KeySearch, key } from "./keySearch.mjs";

it("finds a key in each form, also over the end of a line or of a piece", () => {
  for (const form of formsOf(key)) {
    expect(findForms(`a${form}b`, formsOf(key))).not.toEqual([]);
    expect(findForms(`a${form.slice(0, 9)}\n  ${form.slice(9)}b`, formsOf(key))).not.toEqual([]);
    const search = new KeySearch(key);
    expect(search.finds(`a${form.slice(0, 9)}`)).toBe(false);
    expect(search.finds(`${form.slice(9)}b`)).toBe(true);
  }
});

it("finds a key in the midst of what was encoded with it", () => {
  for (const before of ["", ":", "u:"])
    for (const alphabet of ["base64", "base64url"] as const) {
      const text = Buffer.from(`${before}${key}@gateway`).toString(alphabet);
      expect(findForms(text, formsOf(key))).not.toEqual([]);
      expect(findForms(Buffer.from(text, "utf16le").toString("latin1"), formsOf(key))).not.toEqual([]);
    }
});

it("finds no other key", () => {
  expect(findForms("fw_sandbox_second_0000000000000002", formsOf(key))).toEqual([]);
});

it("finds a key among millions of zeros, and where line ends are escaped", () => {
  const zeros = "\0".repeat(20_000_000);
  expect(findForms(`${zeros}${key.slice(0, 9)}${zeros}${key.slice(9)}`, formsOf(key))).toContain(key);
  expect(findForms(`${key.slice(0, 9)} \\n\\\\r"\\ ${key.slice(9)}`, formsOf(key))).toContain(key);
});
