// @ts-check
import { knownValues, referenceName } from "./openrpc.mjs";

/** @import { Method, OpenRpc, Schema } from "./openrpc.mjs" */

/**
 * The contract's reference page.
 * @param {OpenRpc} document
 */
export function toMarkdown(document) {
  const { methods, components } = document;
  const params = new Set(methods.map((m) => m["x-params"]));
  return [
    "<!-- Generated from the contract in protocol/. Change it there, then: npm run generate -->",
    "",
    `# The protocol, version ${document.info.version}`,
    "",
    document.info.description,
    "",
    "Messages have LSP's `Content-Length` header and a UTF-8 body of at most 4 MiB. Each method takes one params object. Unknown members are",
    "refused, except in `initialize`. An optional member can also be `null`, which means the same as omitting it. stdout is only for messages;",
    "the log goes to stderr and to `window/logMessage`.",
    "",
    "## Requests",
    ...methods.filter((m) => m.result).flatMap((m) => method(m, components.schemas)),
    "",
    "## Notifications",
    ...methods.filter((m) => !m.result).flatMap((m) => method(m, components.schemas)),
    "",
    "## Errors",
    "",
    "| Code | Name | Meaning |",
    "| --- | --- | --- |",
    ...Object.entries(components.errors).map(([name, e]) => `| ${e.code} | ${name} | ${e.message} |`),
    "",
    `${document["x-gateway-errors"].description} See [ErrorData](#errordata).`,
    "",
    "## Records",
    ...Object.entries(components.schemas)
      .filter(([name]) => !params.has(name))
      .flatMap(([name, schema]) => ["", `### ${name}`, "", schema.description ?? "", ...table(schema)]),
    "",
  ].join("\n");
}

/**
 * @param {Method} m
 * @param {Record<string, Schema>} schemas
 */
function method(m, schemas) {
  const from = m["x-direction"] === "serverToClient" ? " (from the server)" : "";
  const result = m.result ? ["", `Result: ${type(m.result.schema)}`] : [];
  return ["", `### ${m.name}${from}`, "", m.description, ...table(schemas[m["x-params"]] ?? {}), ...result];
}

/** @param {Schema} schema */
function table(schema) {
  const members = Object.entries(schema.properties ?? {});
  if (members.length === 0) return [];
  return [
    "",
    "| Member | Type | Description |",
    "| --- | --- | --- |",
    ...members.map(([name, s]) => {
      const optional = schema.required?.includes(name) ? "" : "?";
      return `| \`${name}${optional}\` | ${type(s).replaceAll("|", "\\|")} | ${s.description ?? ""} |`;
    }),
  ];
}

/**
 * @param {Schema} schema
 * @returns {string}
 */
function type(schema) {
  const record = referenceName(schema);
  if (record) return `[${record}](#${record.toLowerCase()})`;
  const values = knownValues(schema);
  if (values) return values.map((v) => `\`${v}\``).join(", ") + (schema.anyOf ? " or another" : "");
  if (schema.anyOf) return schema.anyOf.map(type).join(" or ");
  if (schema.items) return `array of ${type(schema.items)}`;
  const name = [schema.type ?? "any"].flat().join(" or ");
  if (schema.minimum !== undefined && schema.minimum > -2147483648)
    return `${name}, ${schema.minimum} to ${schema.maximum}`;
  return schema.format ?? name;
}
