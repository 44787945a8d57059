import { describe, expect, it } from "vitest";
import type { StoredKeys } from "./keyStore.js";
import {
  chooseKey,
  isSignedOutOnPurpose,
  nextMoment,
  type PreferredAccount,
  type SignInMark,
} from "./signInMark.js";

const acme = { accountId: "acme", apiKey: "fw_test_acme0000" };
const globex = { accountId: "globex", apiKey: "fw_test_globex00" };
const both: StoredKeys = { at: 10, keys: [acme, globex] };
const found = { kind: "found" };
const none = { kind: "none" };
const stored = (key: typeof acme) => ({ kind: "stored", at: 10, ...key });

describe("chooseKey", () => {
  it.each<[string, StoredKeys | undefined, SignInMark, PreferredAccount, object]>([
    ["nothing entered", undefined, {}, {}, found],
    ["a key entered", both, {}, {}, stored(acme)],
    ["the preferred account", both, {}, { preferred: "globex" }, stored(globex)],
    ["a preferred account without a key", both, {}, { preferred: "other" }, stored(acme)],
    ["a fixed account", both, {}, { fixed: "globex", preferred: "acme" }, stored(globex)],
    [
      "a fixed account without a key of its own",
      both,
      {},
      { fixed: "other" },
      stored({ ...acme, accountId: "other" }),
    ],
    ["signed out", undefined, { signedOutAt: 11 }, {}, none],
    ["signed out, but the key is still visible", both, { signedOutAt: 11 }, {}, none],
    ["signed out before the key was entered", both, { signedOutAt: 9, signedInAt: 10 }, {}, stored(acme)],
    [
      "signed in since, but only the old key is visible",
      both,
      { signedOutAt: 11, signedInAt: 12 },
      {},
      found,
    ],
    [
      "signed out, then in with the key that was found",
      undefined,
      { signedOutAt: 11, signedInAt: 12 },
      {},
      found,
    ],
    [
      "signed out at the same time as the key was entered",
      both,
      { signedOutAt: 10, signedInAt: 12 },
      {},
      found,
    ],
    ["signed in and out at once", both, { signedOutAt: 9, signedInAt: 9 }, {}, stored(acme)],
    ["no key left in the store", { at: 10, keys: [] }, {}, {}, found],
  ])("%s", (_, keys, mark, preference, choice) => {
    expect(chooseKey(keys, mark, preference)).toEqual(choice);
  });
});

describe("nextMoment", () => {
  it.each<[SignInMark, number, number]>([
    [{}, 5, 5],
    [{ signedOutAt: 4 }, 5, 5],
    [{ signedOutAt: 9, signedInAt: 7 }, 5, 10],
    [{ signedOutAt: 7, signedInAt: 9 }, 9, 10],
  ])("after %j at %i is %i", (mark, now, next) => {
    expect(nextMoment(mark, now)).toBe(next);
    expect(isSignedOutOnPurpose({ ...mark, signedOutAt: next })).toBe(true);
    expect(isSignedOutOnPurpose({ ...mark, signedInAt: next })).toBe(false);
  });
});
