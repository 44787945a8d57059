// @ts-check
/** Writes what is generated from the contract: openrpc.json, then from it the TypeScript types and the reference page. */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { toMarkdown } from "./generator/markdown.mjs";
import { toTypeScript } from "./generator/typescript.mjs";

const root = new URL("../", import.meta.url);

/** The generated files, with what each is to contain, for the openrpc.json that is there. */
export async function fromOpenRpc() {
  const document = JSON.parse(await readFile(new URL("protocol/openrpc.json", root), "utf8"));
  return [
    { file: new URL("extension/src/protocol.g.ts", root), content: await toTypeScript(document) },
    { file: new URL("docs/protocol.md", root), content: toMarkdown(document) },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const generator = fileURLToPath(new URL("protocol/generator", root));
  execFileSync(
    "dotnet",
    ["run", "--project", generator, "--", fileURLToPath(new URL("protocol/openrpc.json", root))],
    {
      stdio: "inherit",
    },
  );
  for (const { file, content } of await fromOpenRpc()) await writeFile(file, content);
}
