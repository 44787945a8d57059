import { readFile } from "node:fs/promises";
import jsonSchemaMetaSchema from "@json-schema-tools/meta-schema";
import openRpcMetaSchema from "@open-rpc/meta-schema";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "./generate.mjs";

describe("what is generated from the contract", () => {
  it("is an OpenRPC document by OpenRPC's own meta-schema", async () => {
    const document: unknown = JSON.parse(await readFile(new URL("openrpc.json", import.meta.url), "utf8"));
    const withoutSlash = { ...jsonSchemaMetaSchema, $id: "https://meta.json-schema.tools" }; // as OpenRPC refers to it
    const ajv = new Ajv({ strict: false, logger: false })
      .addMetaSchema(jsonSchemaMetaSchema)
      .addSchema(withoutSlash);
    const validate = ajv.compile(openRpcMetaSchema);
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...(document as object), methods: "none" })).toBe(false);
  });

  it("is fresh: npm run generate would change nothing", async () => {
    for (const { file, content } of await generatedFiles())
      expect(await readFile(file, "utf8"), file.pathname).toBe(content);
  });
});
