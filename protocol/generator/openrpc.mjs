// @ts-check
/** The part of an OpenRPC document that the generators read. */

/**
 * @typedef {{ $ref?: string, type?: string | string[], enum?: string[], anyOf?: Schema[], allOf?: Schema[], items?: Schema, format?: string,
 *   minimum?: number, maximum?: number, pattern?: string, maxLength?: number, description?: string, properties?: Record<string, Schema>,
 *   required?: string[], additionalProperties?: boolean }} Schema
 * @typedef {{ name: string, description: string, params: { name: string, required: boolean, schema: Schema }[],
 *   result?: { schema: Schema }, "x-direction": "clientToServer" | "serverToClient", "x-params": string }} Method
 * @typedef {{ info: { version: string, description: string }, methods: Method[], components: {
 *   schemas: Record<string, Schema>, errors: Record<string, { code: number, message: string }> },
 *   "x-gateway-errors": { description: string } }} OpenRpc
 */

/**
 * The record that a schema refers to.
 * @param {Schema} schema
 * @returns {string | undefined}
 */
export const referenceName = (schema) =>
  schema.$ref?.split("/").at(-1) ?? schema.allOf?.map(referenceName)[0];

/**
 * The known values of a string member, whether or not other values are possible.
 * @param {Schema} schema
 */
export const knownValues = (schema) => schema.enum ?? schema.anyOf?.find((option) => option.enum)?.enum;
