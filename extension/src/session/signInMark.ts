import type { StoredKey, StoredKeys } from "./keyStore.js";

/**
 * The sign-in state that all windows on this machine share besides the keys. It contains no secrets. Times are in
 * milliseconds of {@link Date.now}.
 */
export interface SignInMark {
  /** When the user last signed in, with an entered or a found key. */
  readonly signedInAt?: number;
  /** When the user last signed out. Keys that were entered earlier no longer count, even if they still exist. */
  readonly signedOutAt?: number;
  /** The variable or file of the key that was in use at the sign-out, unless it was entered. */
  readonly foundIn?: string | undefined;
}

/** What a window signs in with. */
export type KeyChoice =
  | ({ readonly kind: "stored"; readonly at: number } & StoredKey)
  /** The key that the server finds in the environment or in auth.ini. */
  | { readonly kind: "found" }
  /** Nothing, because the user signed out. */
  | { readonly kind: "none" };

/** Whether the user's last action was to sign out. */
export function isSignedOutOnPurpose({ signedInAt = 0, signedOutAt = 0 }: SignInMark): boolean {
  return signedOutAt > signedInAt;
}

/** The preferred account, if any. */
export interface PreferredAccount {
  /** From the user's settings. Applies even if no key was entered for it. */
  readonly fixed?: string | undefined;
  /** From this workspace. Applies if there's a key for it. */
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

/** Returns a time for an action now that's later than all earlier ones, even if the clock was set back. */
export function nextMoment({ signedInAt = 0, signedOutAt = 0 }: SignInMark, now: number): number {
  return Math.max(now, signedInAt + 1, signedOutAt + 1);
}
