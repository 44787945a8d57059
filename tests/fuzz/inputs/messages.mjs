// @ts-check
/** Messages, and sequences of them. */
import fc from "fast-check";
import { key } from "../target/keySearch.mjs";
import { json, methods, mostly, scalar } from "./values.mjs";

const environmentId = mostly("train-a", "train-b", "eval-c", "nobody", "acme-research");
const connection = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record(
      {
        nodePoolId: mostly("h100-8x", "h200-full", "l40s-failed", "nobody"),
        numRanks: mostly(1, 8, 0, 2 ** 31),
        role: mostly("arn:aws:iam::123456789012:role/x", "x"),
        useLocalStorage: mostly(true, false),
      },
      { requiredKeys: ["nodePoolId"] },
    ),
  },
  { weight: 1, arbitrary: json },
);
const known = {
  environmentId,
  accountId: mostly("acme-research", "acme"),
  nodePoolId: mostly("h100-8x"),
  connection,
  wait: mostly("accepted", "settled"),
  timeoutSeconds: mostly(1, 2, 0, 99_999_999),
  apiKey: mostly(key, "x", ""),
  workDoneToken: mostly("t", 1, null),
  partialResultToken: mostly("p", 2),
  environments: fc.array(
    fc.record({ environmentId, accountId: scalar }, { requiredKeys: ["environmentId"] }),
    { maxLength: 5 },
  ),
  force: mostly(true, false),
  resetSnapshots: mostly(true, false),
  numRanks: mostly(1, 64),
  value: mostly("off", "messages", "verbose"),
};
/** @type {Record<string, (keyof typeof known)[]>} */
const taken = {
  planConnect: ["environmentId", "accountId", "connection"],
  connect: ["environmentId", "connection", "wait", "timeoutSeconds", "workDoneToken"],
  disconnect: ["environmentId", "force", "resetSnapshots", "wait", "timeoutSeconds", "workDoneToken"],
  listEnvironments: ["accountId", "partialResultToken"],
  getEnvironment: ["environmentId", "accountId"],
  listNodePools: ["accountId", "partialResultToken"],
  watchEnvironments: ["environments"],
  signIn: ["apiKey", "accountId"],
  diagnose: ["environmentId", "nodePoolId", "numRanks"],
  "$/setTrace": ["value"],
};

/** Params as a method takes them, one or another of them left out. @param {string} method */
function paramsOf(method) {
  const wanted = Object.fromEntries((taken[method] ?? []).map((name) => [name, known[name]]));
  return fc
    .oneof(
      { weight: 10, arbitrary: fc.record(wanted, { requiredKeys: [] }) },
      { weight: 2, arbitrary: fc.record(known, { requiredKeys: [] }) },
      { weight: 2, arbitrary: json },
    )
    .map(withoutKeyAsToken);
}

/** A token comes back as it went: that is its purpose, and no leak. @param {unknown} params */
function withoutKeyAsToken(params) {
  if (typeof params !== "object" || params === null) return params;
  const isTold = (/** @type {[string, unknown]} */ [name, value]) =>
    /Token$/.test(name) && JSON.stringify(value)?.includes(key);
  return Object.fromEntries(Object.entries(params).filter((member) => !isTold(member)));
}

/** What ends the session, or begins it: for those who have a process of their own. */
const ending = ["shutdown", "exit", "initialize"];

/** @param {readonly string[]} names */
const messageOf = (names) =>
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .constantFrom(...names)
        .chain((method) =>
          fc.record({ method: fc.constant(method), params: paramsOf(method) }, { requiredKeys: ["method"] }),
        ),
    },
    { weight: 1, arbitrary: fc.record({ method: scalar, params: json }, { requiredKeys: ["method"] }) },
  );

/** How a message is sent: what id it gets decides whether it is a request. */
const sending = fc.record({
  isRequest: fc.oneof(
    { weight: 6, arbitrary: fc.constant(true) },
    { weight: 1, arbitrary: fc.constant(false) },
  ),
  version: fc.oneof({ weight: 15, arbitrary: fc.constant("2.0") }, { weight: 1, arbitrary: scalar }),
  /** The same id as the request before, which may be answered already. */
  sameId: fc.oneof(
    { weight: 15, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
});

/** @param {readonly string[]} names */
const one = (names) =>
  fc
    .tuple(messageOf(names), sending)
    .map(([message, how]) => ({ kind: /** @type {const} */ ("message"), message, ...how }));

/** @typedef {{ kind: "message", message: Record<string, unknown>, isRequest: boolean, version: unknown, sameId: boolean }} Sent */
/** @typedef {Sent | { kind: "batch", entries: Sent[] } | { kind: "reply" | "cancel", of: unknown }} Step */

/** @param {readonly string[]} names @returns {fc.Arbitrary<Step[]>} */
const sequence = (names) =>
  fc.array(
    fc.oneof(
      { weight: 12, arbitrary: one(names) },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant(/** @type {const} */ ("batch")),
          entries: fc.array(one(names), { minLength: 1, maxLength: 6 }),
        }),
      },
      // To a request that there is not, or is no more.
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constantFrom(/** @type {const} */ ("reply"), /** @type {const} */ ("cancel")),
          of: scalar,
        }),
      },
    ),
    { minLength: 1, maxLength: 16 },
  );

/** Of an open session that stays open. */
export const conversation = sequence(methods.filter((name) => !ending.includes(name)));

/** Of a whole life, in any order. */
export const life = sequence([...methods, ...ending, ...ending]);
