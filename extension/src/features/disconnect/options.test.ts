import { expect, it } from "vitest";
import { matchesName } from "./options.js";

const night = { accountId: "acme", environmentId: "trainer", displayName: "Night run" };

it.each([
  ["Night run", true],
  [" Night run ", true],
  ["trainer", true],
  ["night run", false],
  ["Night", false],
  ["", false],
])("%j matches the environment: %s", (text, expected) => expect(matchesName(text, night)).toBe(expected));
