// @ts-check
/** Values that are often those of the contract, and often not quite. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { key } from "../target/keySearch.mjs";

const contract = JSON.parse(readFileSync(new URL("../../../protocol/openrpc.json", import.meta.url), "utf8"));
/** @type {string[]} */
export const methods = contract.methods.map((/** @type {{ name: string }} */ { name }) => name);
const members = [...new Set(JSON.stringify(contract).match(/(?<="name":")[a-zA-Z]+(?=","required")/g) ?? [])];

const nasty = fc.constantFrom(
  ...["", " ", "\0", "\u2028", "\ud800", "../..", "%2e%2e", "null", "NaN", "1e999", "-0"],
  ...["a".repeat(70), "x".repeat(20_000), "train-a", "h100-8x", "acme-research", "sandbox"],
  ...["arn:aws:iam::123456789012:role/x", key, `Bearer ${key}`],
);

export const text = fc.oneof(nasty, fc.string({ unit: "binary", maxLength: 40 }));

export const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(1, 8, 2 ** 31, -1, 1.5),
);

/** Any JSON whose members are often those of the contract. */
export const json =
  fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 4 }, scalar, tie("list"), tie("object")),
    list: fc.array(tie("value"), { maxLength: 4 }),
    object: fc.dictionary(fc.oneof(fc.constantFrom(...members), text), tie("value"), { maxKeys: 5 }),
  })).value ?? scalar;

/**
 * A value that is mostly what is wanted.
 * @param {...(string | number | boolean | null)} wanted
 */
export const mostly = (...wanted) =>
  fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...wanted) }, { weight: 1, arbitrary: json });
