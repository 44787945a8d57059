import { describe, expect, it } from "vitest";
import { account, environment } from "../../test/views.js";
import { SecretMask } from "../log/secretMask.js";
import type { InitializeResult } from "../protocol.g.js";
import type { Client, ClientHooks } from "../server/client.js";
import { RestartPolicy } from "../server/restartPolicy.js";
import { Server } from "../server/server.js";
import { Store } from "../state/store.js";
import { KeyStore } from "./keyStore.js";
import { Session } from "./session.js";

const lost = { code: -32097, message: "Pending response rejected since connection got disposed" };
const refused = { code: 16, message: "The key is not accepted." };
const unavailable = { code: 14, message: "The gateway does not answer." };
const about = { accountId: "acme", environmentId: "trainer" };

type Answers = Record<string, (params: unknown) => unknown>;

/** A session on a server that answers as the test says, and notes what it is asked. */
function harness(answers: Answers = {}, { key, sandbox = false }: { key?: string; sandbox?: boolean } = {}) {
  const asked: [method: string, params: unknown][] = [];
  const secrets = new Map<string, string>(key === undefined ? [] : [["companion.apiKey", key]]);
  const answered: Answers = {
    signIn: () => account,
    getAccount: () => null,
    signOut: () => ({}),
    watchEnvironment: () => ({}),
    getEnvironment: () => environment(),
    ...answers,
  };
  let hooks: ClientHooks | undefined;
  const result: InitializeResult = {
    capabilities: {},
    serverInfo: { name: "companion-server", version: "0.1.0" },
    protocolVersion: "1.0",
    gateway: { url: "https://gateway.test", sandbox },
    unsettled: [],
  };
  const running = () => hooks?.running(result);
  const client: Client = {
    start: async () => running(),
    stop: async () => undefined,
    request: async (method, params) => {
      asked.push([method, params]);
      const answer = answered[method];
      if (!answer) throw new Error(`not expected: ${method}`);
      return answer(params) as never;
    },
  };
  const server = new Server({
    createClient: async (made) => {
      hooks = made;
      return client;
    },
    initializationOptions: () => ({}),
    policy: new RestartPolicy([0]),
    now: () => 0,
    delay: (_, signal) => (signal ? new Promise(() => undefined) : Promise.resolve()),
    log: () => undefined,
  });
  const store = new Store();
  const mask = new SecretMask();
  const keys = new KeyStore({
    get: async (name) => secrets.get(name),
    store: async (name, value) => void secrets.set(name, value),
    delete: async (name) => void secrets.delete(name),
  });
  const session = new Session({ server, store, keys, mask, log: () => undefined });
  /** The process dies, and the client starts another. */
  const crash = async () => {
    await hooks?.closed();
    running();
  };
  const methods = () => asked.map(([method]) => method);
  return { session, server, store, mask, secrets, asked, methods, answered, crash, hooks: () => hooks };
}

describe("a new server", () => {
  it("is given the stored key before anything else, and then told what to watch", async () => {
    const { session, asked, methods, store } = harness({}, { key: "fw_test_0123456789" });
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ask("getEnvironment", about);
    expect(asked[0]).toEqual(["signIn", { apiKey: "fw_test_0123456789" }]);
    expect(methods().slice(1).sort()).toEqual(["getEnvironment", "watchEnvironment"]);
    expect(store.view).toMatchObject({ account, confirmed: true });
  });

  it("is asked for its own account where no key is stored", async () => {
    const own = { accountId: "acme", keySource: "environment", keyOrigin: "FIREWORKS_API_KEY" };
    const { session, methods, store } = harness({ getAccount: () => own });
    await session.begin();
    expect(methods()).not.toContain("signIn");
    expect(store.view.account).toEqual(own);
  });

  it("keeps the stored key out of the sandbox", async () => {
    const { session, methods } = harness({}, { key: "fw_test_0123456789", sandbox: true });
    await session.begin();
    expect(methods()).not.toContain("signIn");
  });

  it("is given key and watch again after a crash", async () => {
    const { session, methods, store, crash } = harness({}, { key: "fw_test_0123456789" });
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.begin();
    await crash();
    await session.begin();
    await Promise.resolve();
    expect(methods().filter((method) => method === "signIn")).toHaveLength(2);
    expect(methods().filter((method) => method === "watchEnvironment")).toHaveLength(2);
  });

  it("that refuses the stored key leaves the person signed out, says so, and deletes nothing", async () => {
    const { session, store, secrets } = harness(
      {
        signIn: () => {
          throw refused;
        },
      },
      { key: "fw_test_0123456789" },
    );
    const said: string[] = [];
    session.onKeyRefused.listen((reason) => said.push(reason));
    await session.begin();
    expect(said).toEqual(["The key is not accepted."]);
    expect(store.view.account).toBeNull();
    expect(secrets.size).toBe(1);
  });

  it("is given the key again on the next need where the gateway could not be asked", async () => {
    let up = false;
    const signIn = () => {
      if (up) return account;
      throw unavailable;
    };
    const { session, store } = harness({ signIn }, { key: "fw_test_0123456789" });
    await expect(session.ask("getEnvironment", about)).rejects.toBe(unavailable);
    expect(store.view.account).toBeUndefined();
    up = true;
    await session.ask("getEnvironment", about);
    expect(store.view.account).toEqual(account);
  });
});

describe("asking", () => {
  it("asks a question once more when the server is lost", async () => {
    let times = 0;
    const test = harness({
      getEnvironment: () => {
        if (times++ > 0) return environment();
        void test.crash();
        throw lost;
      },
    });
    expect(await test.session.ask("getEnvironment", about)).toEqual(environment());
  });

  it.each(["connect", "disconnect"] as const)("never sends %s again", async (method) => {
    const test = harness({
      [method]: () => {
        void test.crash();
        throw lost;
      },
    });
    const params = { ...about, connection: { nodePoolId: "h100" } };
    await expect(test.session.ask(method, params)).rejects.toBe(lost);
    await test.server.recovered();
    await test.session.ask("getEnvironment", about);
    expect(test.methods().filter((asked) => asked === method)).toHaveLength(1);
  });

  it("learns from answers, from errors and from what is watched", async () => {
    const seen = (second: number, state: string) =>
      environment({ state, observedAt: `2026-11-22T05:00:0${second}Z` });
    const test = harness({
      listEnvironments: () => ({
        environments: [environment({ environmentId: "other" }), seen(1, "DISCONNECTED")],
      }),
      connect: () => {
        throw { code: 9, message: "It is busy.", data: { environment: seen(2, "CONNECTING") } };
      },
      disconnect: () => seen(4, "DISCONNECTED"),
    });
    const { session, store } = test;
    store.dispatch({ type: "gateway", sandbox: false, selection: about });
    await session.ask("listEnvironments", {});
    expect(store.view.environment).toEqual(seen(1, "DISCONNECTED"));
    await session.ask("connect", { ...about, connection: { nodePoolId: "h100" } }).catch(() => undefined);
    expect(store.view.environment).toEqual(seen(2, "CONNECTING"));
    test.hooks()?.environmentChanged({ ...about, environment: seen(3, "CONNECTED") });
    expect(store.view.environment).toEqual(seen(3, "CONNECTED"));
    await session.ask("disconnect", about);
    expect(store.view.environment).toEqual(seen(4, "DISCONNECTED"));
    const problem = { code: 14, status: "UNAVAILABLE", message: "No answer." };
    test.hooks()?.environmentChanged({ ...about, environment: seen(4, "DISCONNECTED"), problem });
    expect(store.view).toMatchObject({ confirmed: false, problem });
  });
});

describe("signing in and out", () => {
  it("keeps a key only once the gateway has accepted it", async () => {
    const { session, secrets, answered } = harness();
    answered.signIn = () => {
      throw refused;
    };
    await expect(session.signIn("fw_test_wrong0000")).rejects.toBe(refused);
    expect(secrets.size).toBe(0);
    answered.signIn = () => account;
    await session.signIn("fw_test_right0000");
    expect([...secrets.values()]).toEqual(["fw_test_right0000"]);
  });

  it("masks a key before it is sent", async () => {
    const shown: string[] = [];
    const { session, mask } = harness({
      signIn: () => {
        shown.push(mask.apply("odd.key"));
        return account;
      },
    });
    await session.signIn("odd.key");
    expect(shown).toEqual(["[API key]"]);
  });

  it("says the new key last where the stored one is still being said", async () => {
    const { session, asked } = harness({}, { key: "fw_test_old00000" });
    await session.signIn("fw_test_new00000");
    const said = asked.flatMap(([method, params]) => (method === "signIn" ? [params] : []));
    expect(said).toEqual([{ apiKey: "fw_test_old00000" }, { apiKey: "fw_test_new00000" }]);
  });

  it("deletes the key and tells the server to forget it", async () => {
    const { session, secrets, methods, store } = harness({}, { key: "fw_test_0123456789" });
    await session.begin();
    await session.signOut();
    expect(secrets.size).toBe(0);
    expect(methods()).toContain("signOut");
    expect(store.view.account).toBeNull();
  });

  it("starts no server to sign out", async () => {
    const { session, secrets, methods } = harness({}, { key: "fw_test_0123456789" });
    await session.signOut();
    expect([secrets.size, methods().length]).toEqual([0, 0]);
  });

  it("follows another window out and in again", async () => {
    const { session, secrets, asked, methods, store } = harness({}, { key: "fw_test_0123456789" });
    await session.begin();
    secrets.clear();
    await session.keyChanged();
    expect(methods()).toContain("signOut");
    expect(store.view.account).toBeNull();
    secrets.set("companion.apiKey", "fw_test_other0000");
    await session.keyChanged();
    expect(asked).toContainEqual(["signIn", { apiKey: "fw_test_other0000" }]);
    expect(store.view.account).toEqual(account);
  });

  it("does nothing about its own change", async () => {
    const { session, methods } = harness();
    await session.signIn("fw_test_0123456789");
    const before = methods().length;
    await session.keyChanged();
    expect(methods().length).toBe(before);
  });
});
