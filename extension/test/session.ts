/** A session with a server that responds as the test says. */
import { SecretMask } from "../src/log/secretMask.js";
import type { AccountInfo, InitializeResult } from "../src/protocol.g.js";
import type { Client, ClientHooks, RequestOptions } from "../src/server/client.js";
import { RestartPolicy } from "../src/server/restartPolicy.js";
import { Server, type ServerState } from "../src/server/server.js";
import { Credentials } from "../src/session/credentials.js";
import { apiKeysName, KeyStore, type StoredKey, type StoredKeys } from "../src/session/keyStore.js";
import { Session } from "../src/session/session.js";
import type { SignInMark } from "../src/session/signInMark.js";
import { Store } from "../src/state/store.js";
import { account, environment } from "./views.js";

export type Answers = Record<string, (params: unknown, options?: RequestOptions) => unknown>;

export interface Before {
  /** The stored key for account acme. */
  readonly key?: string;
  /** All stored keys. */
  readonly keys?: readonly StoredKey[];
  readonly mark?: SignInMark;
  readonly sandbox?: boolean;
  readonly fixed?: string;
  readonly preferred?: string;
}

/** When the stored keys were entered. */
export const enteredAt = 1_000;

/** Responds to each sign-in with the account in its params. */
export const anyAccount = (params: unknown): AccountInfo => ({
  ...account,
  accountId: (params as { accountId?: string }).accountId ?? "acme",
});

/** Records the requests. */
export function sessionHarness(answers: Answers = {}, before: Before = {}) {
  const asked: [method: string, params: unknown][] = [];
  const keys = before.keys ?? (before.key === undefined ? [] : [{ accountId: "acme", apiKey: before.key }]);
  const secrets = new Map<string, string>();
  const setKeys = (stored: StoredKeys) => secrets.set(apiKeysName, JSON.stringify(stored));
  if (keys.length > 0) setKeys({ at: enteredAt, keys });
  const storedKeys = () => JSON.parse(secrets.get(apiKeysName) ?? "null") as StoredKeys | null;
  const marked = { mark: before.mark ?? {} };
  const accountPreference: { preferred: string | undefined } = { preferred: before.preferred };
  const answered: Answers = {
    signIn: () => account,
    getAccount: () => null,
    signOut: () => ({}),
    watchEnvironments: () => ({}),
    getEnvironment: () => environment(),
    ...answers,
  };
  /** The server's state at each read of the keys. */
  const reads: ServerState[] = [];
  let hooks: ClientHooks | undefined;
  const result: InitializeResult = {
    capabilities: {},
    serverInfo: { name: "companion-server", version: "0.1.0" },
    protocolVersion: "1.0",
    gateway: { url: "https://gateway.test", sandbox: before.sandbox ?? false },
    unsettled: [],
  };
  const running = () => hooks?.running(result);
  const client: Client = {
    start: async () => running(),
    stop: async () => undefined,
    request: async (method, params, options) => {
      asked.push([method, params]);
      const answer = answered[method];
      if (!answer) throw new Error(`not expected: ${method}`);
      return answer(params, options as RequestOptions) as never;
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
  const credentials = new Credentials({
    server,
    store,
    mask,
    keys: new KeyStore({
      get: async (name) => {
        const secret = secrets.get(name);
        reads.push(server.state);
        return secret;
      },
      store: async (name, value) => void secrets.set(name, value),
      delete: async (name) => void secrets.delete(name),
    }),
    mark: {
      read: () => marked.mark,
      write: async (mark) => {
        marked.mark = mark;
      },
    },
    account: {
      fixed: before.fixed,
      get preferred() {
        return accountPreference.preferred;
      },
      prefer: async (accountId) => {
        accountPreference.preferred = accountId;
      },
    },
    now: () => 2_000,
  });
  const window = { isFocused: true };
  const isFocused = () => window.isFocused;
  const session = new Session({ server, store, credentials, isFocused, log: () => undefined });
  /** Simulates a crash of the process, after which the client starts another one. */
  const crash = async () => {
    await hooks?.closed();
    running();
  };
  const methods = () => asked.map(([method]) => method);
  const said = (method: string) => asked.flatMap(([name, params]) => (name === method ? [params] : []));
  return {
    session,
    credentials,
    server,
    store,
    window,
    mask,
    secrets,
    reads,
    setKeys,
    storedKeys,
    marked,
    accountPreference,
    asked,
    methods,
    said,
    answered,
    crash,
    hooks: () => hooks,
  };
}
