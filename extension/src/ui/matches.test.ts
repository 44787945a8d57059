import { expect, it } from "vitest";
import { matches } from "./matches.js";

const line = { label: "More…", detail: "End, role, and local storage" };

it.each([
  ["mo", true],
  ["local STORAGE", true],
  ["most", false],
])("%s: %s", (text, found) => expect(matches(line, text)).toBe(found));
