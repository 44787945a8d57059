import type { StoredKey, StoredKeys } from "./keyStore.js";

/**
 * What all windows of this machine know of signing in and out, beside the keys. It holds no secret. Times are in
 * milliseconds of {@link Date.now}.
 */
export interface SignInMark {
  /** When a person last signed in, with a key of theirs or with the one that was found. */
  readonly signedInAt?: number;
  /** When a person last signed out: what was entered before then counts no more, wherever it may still lie. */
  readonly signedOutAt?: number;
  /** Where the key came from that was in use then, where it was not entered: a variable or a file. */
  readonly foundIn?: string | undefined;
}

/** What a window signs in with. */
export type KeyChoice =
  | ({ readonly kind: "stored"; readonly at: number } & StoredKey)
  /** The key that the server finds by itself, in the environment or in auth.ini. */
  | { readonly kind: "found" }
  /** Nothing: the person signed out. */
  | { readonly kind: "none" };

/** True where the last thing that a person did was to sign out. */
export function isSignedOutOnPurpose({ signedInAt = 0, signedOutAt = 0 }: SignInMark): boolean {
  return signedOutAt > signedInAt;
}

/** The account that is wanted, if one is. */
export interface PreferredAccount {
  /** By the person's settings. It holds, also where no key was entered for it. */
  readonly fixed?: string | undefined;
  /** By this workspace. It holds where there is a key for it. */
  readonly preferred?: string | undefined;
}

export function chooseKey(
  stored: StoredKeys | undefined,
  mark: SignInMark,
  { fixed, preferred }: PreferredAccount,
): KeyChoice {
  if (isSignedOutOnPurpose(mark)) return { kind: "none" };
  if (!stored || stored.at <= (mark.signedOutAt ?? 0)) return { kind: "found" };
  const key = stored.keys.find(({ accountId }) => accountId === (fixed ?? preferred)) ?? stored.keys[0];
  if (!key) return { kind: "found" };
  return { kind: "stored", at: stored.at, apiKey: key.apiKey, accountId: fixed ?? key.accountId };
}

/** A moment for something that a person does now: after all that is marked, though the clock may have been set back. */
export function nextMoment({ signedInAt = 0, signedOutAt = 0 }: SignInMark, now: number): number {
  return Math.max(now, signedInAt + 1, signedOutAt + 1);
}
