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
  it("stores a key only after the gateway has accepted it", async () => {
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

  it("drops keys from before a sign-out, even if a browser still has them", async () => {
    const { credentials, storedKeys, said } = sessionHarness(
      {},
      { keys: [{ accountId: "globex", apiKey }], mark: { signedOutAt: enteredAt + 1 } },
    );
    await credentials.signIn("fw_test_right0000");
    expect(storedKeys()?.keys).toEqual([{ accountId: "acme", apiKey: "fw_test_right0000" }]);
    expect(said("signIn")).toEqual([{ apiKey: "fw_test_right0000" }]);
  });

  it("masks a key before it's sent", async () => {
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

  it("sends the new key after a pending stored one", async () => {
    const { credentials, said } = sessionHarness({}, { key: "fw_test_old00000" });
    await credentials.signIn("fw_test_new00000");
    expect(said("signIn")).toEqual([
      { apiKey: "fw_test_old00000", accountId: "acme" },
      { apiKey: "fw_test_new00000" },
    ]);
  });

  it("ignores its own change", async () => {
    const { credentials, methods } = sessionHarness({}, { mark: { signedOutAt: 1 } });
    const signingIn = credentials.signIn(apiKey);
    await Promise.all([signingIn, credentials.follow(), credentials.follow()]);
    expect(methods().filter((method) => method === "signIn")).toHaveLength(1);
    expect(methods().filter((method) => method === "signOut")).toHaveLength(1); // at startup, from the mark
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

  it("isn't used after a sign-out until the user signs in again, not even by a new server", async () => {
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

  it("with several accounts uses the one that this workspace was switched to", async () => {
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

  it("with several accounts and no choice asks for one", async () => {
    const { session } = sessionHarness({ getAccount: throws({ code: 9, message: "Choose one." }) });
    await expect(session.ensureReady()).rejects.toMatchObject({ actions: ["switchAccount", "showLog"] });
  });

  it.each([5, 7, 16])(
    "without access to the account of an earlier key (%i) uses its own account",
    async (code) => {
      const { session, store, accountPreference } = sessionHarness(
        { getAccount: () => found, signIn: throws({ code, message: "No." }) },
        { preferred: "globex" },
      );
      await session.ensureReady();
      expect(store.view.account).toEqual(found);
      expect(accountPreference.preferred, "what a person chose changes only by a person").toBe("globex");
    },
  );
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

  it("uses the current key for an account that it has access to, and remembers the account", async () => {
    const { session, credentials, said, storedKeys } = sessionHarness(
      { signIn: anyAccount },
      { key: apiKey },
    );
    await session.ensureReady();
    await credentials.switchTo("globex");
    expect(said("signIn").at(-1)).toEqual({ accountId: "globex" });
    expect(storedKeys()?.keys[0]).toEqual({ accountId: "globex", apiKey });
  });

  it("masks the key before it's sent", async () => {
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

  it("doesn't store a key that was found", async () => {
    const { session, credentials, said, storedKeys, accountPreference } = sessionHarness({
      getAccount: () => found,
      signIn: anyAccount,
    });
    await session.ensureReady();
    await credentials.switchTo("globex");
    expect(said("signIn")).toEqual([{ accountId: "globex" }]);
    expect([storedKeys(), accountPreference.preferred]).toEqual([null, "globex"]);
  });

  it("offers accounts of the current key and accounts with their own key", async () => {
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

  it("doesn't offer accounts of keys from before a sign-out", async () => {
    const { session, credentials } = sessionHarness(
      {},
      { key: apiKey, mark: { signedOutAt: enteredAt + 1 } },
    );
    await session.ensureReady();
    expect(await credentials.entered()).toEqual([]);
  });

  it("changes nothing if it's rejected", async () => {
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

describe("a key that's read while a server starts", () => {
  const newKey = { accountId: "acme", apiKey: "fw_test_new00000" };

  it("is read once", async () => {
    const { credentials, server, reads, said } = sessionHarness({}, { key: apiKey });
    await server.ready();
    await credentials.handOver();
    expect(reads).toEqual(["starting"]);
    expect(said("signIn")).toEqual([{ apiKey, accountId: "acme" }]);
  });

  it("isn't used if the user signed out meanwhile", async () => {
    const { credentials, server, said, marked } = sessionHarness({}, { key: apiKey });
    const starting = server.ready();
    marked.mark = { signedOutAt: enteredAt + 1 };
    await starting;
    await credentials.handOver();
    expect(said("signIn")).toEqual([]);
    expect(said("signOut")).toEqual([{}]);
  });

  it("isn't used if it was replaced in another window meanwhile", async () => {
    const { credentials, server, said, setKeys } = sessionHarness({}, { key: apiKey });
    const starting = server.ready();
    setKeys({ at: enteredAt + 1, keys: [newKey] });
    await Promise.all([credentials.follow(), starting]);
    await credentials.handOver();
    expect(said("signIn")).toEqual([newKey]);
  });
});

describe("signing out", () => {
  it("deletes the keys, marks it for the other windows, and tells the server to forget the key", async () => {
    const { session, credentials, secrets, methods, store, marked } = sessionHarness({}, { key: apiKey });
    await session.ensureReady();
    await credentials.signOut();
    expect(secrets.size).toBe(0);
    expect(methods()).toContain("signOut");
    expect(store.view.account).toBeNull();
    expect(marked.mark.signedOutAt).toBe(2_000);
  });

  it("doesn't start a server, and is shown anyway", async () => {
    const { credentials, secrets, methods, store } = sessionHarness({}, { key: apiKey });
    await credentials.signOut();
    expect([secrets.size, methods().length]).toEqual([0, 0]);
    expect(isSignedOut(store.view)).toBe(true);
  });

  it("is shown before a server runs, and while one starts", async () => {
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

describe("a key that's rejected", () => {
  it("at startup signs the user out, is reported, and isn't deleted", async () => {
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

  it("isn't replaced by one that the server finds, so the account doesn't change on its own", async () => {
    const { session, methods } = sessionHarness(
      { signIn: throws(refused), getAccount: () => found },
      { key: apiKey },
    );
    await session.ensureReady();
    expect(methods()).not.toContain("getAccount");
  });

  it("is reported if the server found it", async () => {
    const { session, credentials, store } = sessionHarness({ getAccount: throws(refused) });
    const told = refusals(credentials);
    await session.ensureReady();
    expect(told).toEqual([{ id: "found", reason: "The key is not accepted." }]);
    expect(store.view.account).toBeNull();
  });

  it("is reported if it stops working in a running server", async () => {
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
