import { describe, expect, it } from "vitest";
import { anyAccount, enteredAt, sessionHarness } from "../../test/session.js";
import { account } from "../../test/views.js";

const apiKey = "fw_test_0123456789";

describe("another window", () => {
  it("is followed out and in again", async () => {
    const { session, credentials, secrets, setKeys, marked, said, methods, store } = sessionHarness(
      {},
      { key: apiKey },
    );
    await session.ensureReady();
    secrets.clear();
    marked.mark = { signedOutAt: 3_000 };
    await credentials.follow();
    expect(methods()).toContain("signOut");
    expect(store.view.account).toBeNull();
    setKeys({ at: 4_000, keys: [{ accountId: "acme", apiKey: "fw_test_other0000" }] });
    marked.mark = { signedOutAt: 3_000, signedInAt: 4_000 };
    await credentials.follow();
    expect(said("signIn").at(-1)).toEqual({ apiKey: "fw_test_other0000", accountId: "acme" });
    expect(store.view.account).toEqual(account);
  });

  it("is followed out if a browser still shows the deleted key", async () => {
    const { session, credentials, marked, store } = sessionHarness({}, { key: apiKey });
    await session.ensureReady();
    marked.mark = { signedOutAt: enteredAt + 1 };
    await credentials.follow();
    expect(store.view.account).toBeNull();
  });

  it("is followed without starting a server", async () => {
    const { credentials, marked, store, methods } = sessionHarness({}, { key: apiKey });
    marked.mark = { signedOutAt: 3_000 };
    await credentials.follow();
    expect(store.view.account).toBeNull();
    marked.mark = { signedOutAt: 3_000, signedInAt: 4_000 };
    await credentials.follow();
    expect(store.view.account).toBeUndefined();
    expect(methods()).toEqual([]);
  });

  it("that signs in to another account doesn't change this one's if there's a key for it", async () => {
    const before = { key: apiKey, preferred: "acme" };
    const { session, credentials, setKeys, said, store } = sessionHarness({ signIn: anyAccount }, before);
    await session.ensureReady();
    setKeys({
      at: 3_000,
      keys: [
        { accountId: "globex", apiKey: "fw_test_globex00" },
        { accountId: "acme", apiKey },
      ],
    });
    await credentials.follow();
    expect(said("signIn")).toHaveLength(1);
    expect(store.view.account?.accountId).toBe("acme");
  });

  it.each([
    ["in another window, whose key isn't visible", { signedOutAt: 2_000, signedInAt: 3_000 }, true],
    ["here", { signedInAt: enteredAt }, false],
    ["never", {}, false],
    ["and out again", { signedInAt: 3_000, signedOutAt: 4_000 }, false],
  ])("requires a reload if the user signed in %s: %s %s", async (_, mark, needed) => {
    const { credentials } = sessionHarness({}, { key: apiKey, mark });
    expect(await credentials.needsReload()).toBe(needed);
  });

  it("changes nothing in the sandbox", async () => {
    const sandbox = { ...account, keySource: "sandbox" } as const;
    const { session, credentials, marked, methods, store } = sessionHarness(
      { getAccount: () => sandbox },
      { sandbox: true },
    );
    store.dispatch({ type: "gateway", sandbox: true });
    await session.ensureReady();
    marked.mark = { signedOutAt: 3_000 };
    await credentials.follow();
    expect(methods()).not.toContain("signOut");
    expect(store.view.account).toEqual(sandbox);
  });
});
