import { describe, expect, it } from "vitest";
import { anyAccount, enteredAt, sessionHarness } from "../../test/session.js";
import { account } from "../../test/views.js";
import type { AccountInfo } from "../protocol.g.js";
import { isSignedOut } from "../state/view.js";
import type { Credentials, RefusedKey } from "./credentials.js";

const refused = { code: 16, message: "The key is not accepted." };
const apiKey = "fw_test_0123456789";
const found: AccountInfo = { accountId: "acme", keySource: "environment", keyOrigin: "FIREWORKS_API_KEY" };
const throws = (error: unknown) => () => {
  throw error;
};

function refusals(credentials: Credentials): RefusedKey[] {
  const all: RefusedKey[] = [];
  credentials.onRefused.listen((key) => all.push(key));
  return all;
}

describe("signing in", () => {
  it("keeps a key only once the gateway has accepted it", async () => {
    const { credentials, secrets, storedKeys, answered, accountPreference } = sessionHarness();
    answered.signIn = throws(refused);
    await expect(credentials.signIn("fw_test_wrong0000")).rejects.toBe(refused);
    expect(secrets.size).toBe(0);
    answered.signIn = () => account;
    await credentials.signIn("fw_test_right0000");
    expect(storedKeys()?.keys).toEqual([{ accountId: "acme", apiKey: "fw_test_right0000" }]);
    expect(accountPreference.preferred).toBe("acme");
  });

  it("keeps one key for each account, the latest first", async () => {
    const { credentials, storedKeys, answered } = sessionHarness({}, { key: apiKey });
    answered.signIn = anyAccount;
    await credentials.signIn("fw_test_globex00", "globex");
    await credentials.signIn("fw_test_acme2222", "acme");
    expect(storedKeys()?.keys).toEqual([
      { accountId: "acme", apiKey: "fw_test_acme2222" },
      { accountId: "globex", apiKey: "fw_test_globex00" },
    ]);
  });

  it("keeps no key that was signed out of, where a browser still has it", async () => {
    const { credentials, storedKeys, said } = sessionHarness(
      {},
      { keys: [{ accountId: "globex", apiKey }], mark: { signedOutAt: enteredAt + 1 } },
    );
    await credentials.signIn("fw_test_right0000");
    expect(storedKeys()?.keys).toEqual([{ accountId: "acme", apiKey: "fw_test_right0000" }]);
    expect(said("signIn")).toEqual([{ apiKey: "fw_test_right0000" }]);
  });

  it("masks a key before it is sent", async () => {
    const shown: string[] = [];
    const { credentials, mask } = sessionHarness({
      signIn: () => {
        shown.push(mask.apply("odd.key"));
        return account;
      },
    });
    await credentials.signIn("odd.key");
    expect(shown).toEqual(["[API key]"]);
  });

  it("says the new key last where the stored one is still being said", async () => {
    const { credentials, said } = sessionHarness({}, { key: "fw_test_old00000" });
    await credentials.signIn("fw_test_new00000");
    expect(said("signIn")).toEqual([
      { apiKey: "fw_test_old00000", accountId: "acme" },
      { apiKey: "fw_test_new00000" },
    ]);
  });

  it("does nothing about its own change", async () => {
    const { credentials, methods } = sessionHarness({}, { mark: { signedOutAt: 1 } });
    const signingIn = credentials.signIn(apiKey);
    await Promise.all([signingIn, credentials.follow(), credentials.follow()]);
    expect(methods().filter((method) => method === "signIn")).toHaveLength(1);
    expect(methods().filter((method) => method === "signOut")).toHaveLength(1); // at the start, as it was marked
  });

  it("watches with the new key", async () => {
    const { credentials, methods } = sessionHarness();
    await credentials.signIn(apiKey);
    await Promise.resolve();
    expect(methods().at(-1)).toBe("watchEnvironments");
  });
});

describe("a key that the server finds", () => {
  it("is used without asking", async () => {
    const { session, methods, store } = sessionHarness({ getAccount: () => found });
    await session.ensureReady();
    expect(methods()).not.toContain("signIn");
    expect(store.view.account).toEqual(found);
  });

  it("is not used after a sign-out until a person wants it again, not by a new server either", async () => {
    const test = sessionHarness({ getAccount: () => found, signIn: () => found });
    const { session, credentials, store, marked, methods, said, crash } = test;
    await session.ensureReady();
    await credentials.signOut();
    expect(marked.mark).toEqual({ signedOutAt: 2_000, foundIn: "FIREWORKS_API_KEY" });
    await crash();
    await session.ensureReady();
    expect(store.view.account).toBeNull();
    expect(methods().filter((method) => method === "getAccount")).toHaveLength(1);
    await credentials.signInWithFound();
    expect(said("signIn")).toEqual([{}]);
    expect(store.view.account).toEqual(found);
    expect(marked.mark.signedInAt).toBeGreaterThan(2_000);
  });

  it("reaches several accounts: the one that this workspace was switched to is used", async () => {
    const several = { code: 9, message: "Choose one." };
    const wishes = { preferred: "globex" };
    const { session, store, said } = sessionHarness(
      { getAccount: throws(several), signIn: anyAccount },
      wishes,
    );
    await session.ensureReady();
    expect(said("signIn")).toEqual([{ accountId: "globex" }]);
    expect(store.view.account?.accountId).toBe("globex");
  });

  it("reaches several accounts of which none is chosen: one has to be", async () => {
    const { session } = sessionHarness({ getAccount: throws({ code: 9, message: "Choose one." }) });
    await expect(session.ensureReady()).rejects.toMatchObject({ actions: ["switchAccount", "showLog"] });
  });

  it.each([5, 7, 16])("does not reach the account of an earlier key (%i): its own is used", async (code) => {
    const { session, store, accountPreference } = sessionHarness(
      { getAccount: () => found, signIn: throws({ code, message: "No." }) },
      { preferred: "globex" },
    );
    await session.ensureReady();
    expect(store.view.account).toEqual(found);
    expect(accountPreference.preferred, "what a person chose changes only by a person").toBe("globex");
  });
});

describe("switching accounts", () => {
  it("uses the key that was entered for the account", async () => {
    const keys = [
      { accountId: "acme", apiKey },
      { accountId: "globex", apiKey: "fw_test_globex00" },
    ];
    const { session, credentials, said, accountPreference, storedKeys } = sessionHarness(
      { signIn: anyAccount },
      { keys },
    );
    await session.ensureReady();
    await credentials.switchTo("globex");
    expect(said("signIn").at(-1)).toEqual({ accountId: "globex", apiKey: "fw_test_globex00" });
    expect(accountPreference.preferred).toBe("globex");
    expect(storedKeys()?.keys.map(({ accountId }) => accountId)).toEqual(["globex", "acme"]);
  });

  it("uses the key in use for an account that it reaches, and remembers that", async () => {
    const { session, credentials, said, storedKeys } = sessionHarness(
      { signIn: anyAccount },
      { key: apiKey },
    );
    await session.ensureReady();
    await credentials.switchTo("globex");
    expect(said("signIn").at(-1)).toEqual({ accountId: "globex" });
    expect(storedKeys()?.keys[0]).toEqual({ accountId: "globex", apiKey });
  });

  it("masks the key before it is sent", async () => {
    const keys = [
      { accountId: "acme", apiKey },
      { accountId: "globex", apiKey: "odd.key" },
    ];
    const shown: string[] = [];
    const test = sessionHarness({}, { keys });
    test.answered.signIn = (params) => {
      shown.push(test.mask.apply(JSON.stringify(params)));
      return anyAccount(params);
    };
    await test.session.ensureReady();
    await test.credentials.switchTo("globex");
    expect(shown.at(-1)).toBe('{"accountId":"globex","apiKey":"[API key]"}');
  });

  it("stores nothing of a key that was found", async () => {
    const { session, credentials, said, storedKeys, accountPreference } = sessionHarness({
      getAccount: () => found,
      signIn: anyAccount,
    });
    await session.ensureReady();
    await credentials.switchTo("globex");
    expect(said("signIn")).toEqual([{ accountId: "globex" }]);
    expect([storedKeys(), accountPreference.preferred]).toEqual([null, "globex"]);
  });

  it("is offered for what the key in use reaches, and for what a key was entered for", async () => {
    const keys = [
      { accountId: "acme", apiKey },
      { accountId: "globex", apiKey: "fw_test_globex00" },
    ];
    const reached = [{ accountId: "acme" }];
    const { session, credentials, said } = sessionHarness(
      { listAccounts: () => ({ accounts: reached }) },
      { keys },
    );
    await session.ensureReady();
    expect(await credentials.reached()).toEqual(reached);
    await credentials.reached("fw_test_new00000");
    expect(said("listAccounts")).toEqual([{}, { apiKey: "fw_test_new00000" }]);
    expect(await credentials.entered()).toEqual(["acme", "globex"]);
  });

  it("is not offered for keys that were signed out of", async () => {
    const { session, credentials } = sessionHarness(
      {},
      { key: apiKey, mark: { signedOutAt: enteredAt + 1 } },
    );
    await session.ensureReady();
    expect(await credentials.entered()).toEqual([]);
  });

  it("that is refused changes nothing", async () => {
    const { session, credentials, answered, storedKeys, store, accountPreference } = sessionHarness(
      {},
      { key: apiKey },
    );
    await session.ensureReady();
    answered.signIn = throws({ code: 7, message: "No." });
    await expect(credentials.switchTo("globex")).rejects.toMatchObject({ code: 7 });
    expect(storedKeys()?.keys).toEqual([{ accountId: "acme", apiKey }]);
    expect([store.view.account, accountPreference.preferred]).toEqual([account, undefined]);
  });
});

describe("signing out", () => {
  it("deletes the keys, marks it for the other windows, and tells the server to forget", async () => {
    const { session, credentials, secrets, methods, store, marked } = sessionHarness({}, { key: apiKey });
    await session.ensureReady();
    await credentials.signOut();
    expect(secrets.size).toBe(0);
    expect(methods()).toContain("signOut");
    expect(store.view.account).toBeNull();
    expect(marked.mark.signedOutAt).toBe(2_000);
  });

  it("starts no server, and is shown all the same", async () => {
    const { credentials, secrets, methods, store } = sessionHarness({}, { key: apiKey });
    await credentials.signOut();
    expect([secrets.size, methods().length]).toEqual([0, 0]);
    expect(isSignedOut(store.view)).toBe(true);
  });

  it("is shown before any server runs, and stays shown while one starts", async () => {
    const { credentials, server, store, methods } = sessionHarness({}, { mark: { signedOutAt: 1 } });
    const shown: (AccountInfo | null | undefined)[] = [];
    credentials.showMark();
    expect(store.view.account).toBeNull();
    server.onState.listen(() => shown.push(store.view.account));
    await server.ready();
    expect(shown).toEqual([null, null]);
    expect(methods()).toEqual(["signOut"]);
  });
});

describe("a key that is refused", () => {
  it("at the start leaves the person signed out, is told, and is not deleted", async () => {
    const { session, credentials, store, secrets } = sessionHarness(
      { signIn: throws(refused) },
      { key: apiKey },
    );
    const told = refusals(credentials);
    await session.ensureReady();
    expect(told).toEqual([{ id: `${enteredAt}-acme`, reason: "The key is not accepted." }]);
    expect(store.view.account).toBeNull();
    expect(secrets.size).toBe(1);
  });

  it("is not replaced by one that the server finds: the account does not change by itself", async () => {
    const { session, methods } = sessionHarness(
      { signIn: throws(refused), getAccount: () => found },
      { key: apiKey },
    );
    await session.ensureReady();
    expect(methods()).not.toContain("getAccount");
  });

  it("is told of where the server found it, too", async () => {
    const { session, credentials, store } = sessionHarness({ getAccount: throws(refused) });
    const told = refusals(credentials);
    await session.ensureReady();
    expect(told).toEqual([{ id: "found", reason: "The key is not accepted." }]);
    expect(store.view.account).toBeNull();
  });

  it("is told of when it stops working in a running server", async () => {
    const { session, credentials, store, hooks } = sessionHarness({}, { key: apiKey });
    const about = { accountId: "acme", environmentId: "trainer" };
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ensureReady();
    const told = refusals(credentials);
    const problem = { code: 16, status: "UNAUTHENTICATED", message: "The key is not accepted." };
    hooks()?.environmentChanged({ ...about, problem });
    expect(told).toEqual([{ id: `${enteredAt}-acme`, reason: "The key is not accepted." }]);
    expect(isSignedOut(store.view)).toBe(true);
  });
});
