// @ts-check
import { compile } from "json-schema-to-typescript";
import { knownValues, referenceName } from "./openrpc.mjs";

/** @import { OpenRpc, Schema } from "./openrpc.mjs" */

const banner = "// Generated from the contract in protocol/. Change it there, then: npm run generate\n";

/**
 * The TypeScript types of the contract: an interface for each record, and the requests and notifications by method name.
 * @param {OpenRpc} document
 */
export async function toTypeScript(document) {
  const definitions = JSON.parse(
    JSON.stringify(document.components.schemas).replaceAll("#/components/schemas/", "#/definitions/"),
  );
  const names = Object.keys(definitions);
  const types = await compile(
    {
      title: "Everything",
      type: "object",
      properties: Object.fromEntries(names.map((n) => [n, { $ref: `#/definitions/${n}` }])),
      definitions,
    },
    "Everything",
    {
      bannerComment: "",
      format: true,
      style: { printWidth: 110 },
      additionalProperties: false,
      unreachableDefinitions: false,
    },
  );
  const records = types.slice(types.indexOf("}\n") + 2);
  return [banner, records.trim(), values(document), methods(document), ""].join("\n");
}

/**
 * The known values of string members, for tables that must cover all of them, and the rule for a text that users can type, so that it
 * can be checked while typing.
 * @param {OpenRpc} document
 */
function values(document) {
  const states = knownValues(member(document, "EnvironmentInfo", "state")) ?? [];
  const stages = knownValues(member(document, "WorkDoneProgress", "stage")) ?? [];
  const { pattern, maxLength } = member(document, "ConnectionParams", "role");
  return `
/** The states of an environment that this version supports. */
export const environmentStates = ${JSON.stringify(states)} as const;

/** The stages of a change that this version supports. */
export const changeStages = ${JSON.stringify(stages)} as const;

/** The rule for the ARN of a role. */
export const roleArn = ${JSON.stringify({ pattern, maxLength })} as const;
`;
}

/**
 * @param {OpenRpc} document
 * @param {string} record
 * @param {string} name
 * @returns {Schema}
 */
function member(document, record, name) {
  const schema = document.components.schemas[record]?.properties?.[name];
  if (!schema) throw new Error(`The contract has no ${record}.${name}.`);
  return schema;
}

/** @param {OpenRpc} document */
function methods(document) {
  const requests = document.methods.filter((m) => m.result);
  const notifications = document.methods.filter((m) => !m.result);
  /** @param {string} direction */
  const lines = (direction) =>
    notifications
      .filter((m) => m["x-direction"] === direction)
      .map((m) => `${comment(m.description)}  ${key(m.name)}: ${m["x-params"]};`);
  return [
    "/** Every request of the client, with what it takes and what it answers. */",
    "export interface Requests {",
    ...requests.map(
      (m) =>
        `${comment(m.description)}  ${key(m.name)}: { params: ${m["x-params"]}; result: ${type(m.result?.schema ?? {})} };`,
    ),
    "}\n",
    "/** Every notification from the client. */",
    "export interface ClientNotifications {",
    ...lines("clientToServer"),
    "}\n",
    "/** Every notification from the server. */",
    "export interface ServerNotifications {",
    ...lines("serverToClient"),
    "}",
  ].join("\n");
}

/** @param {string} text */
const comment = (text) => `  /** ${text} */\n`;

/** @param {string} name */
const key = (name) => (/^\w+$/.test(name) ? name : JSON.stringify(name));

/**
 * @param {Schema} schema
 * @returns {string}
 */
const type = (schema) => referenceName(schema) ?? schema.anyOf?.map(type).join(" | ") ?? "null";
