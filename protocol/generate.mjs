// @ts-check
/**
 * Generates openrpc.json and tools.json from the contract, the TypeScript types and the reference page from openrpc.json, the table in
 * docs/truth.md from the state machine, and the manifest's commands from the extension's table.
 */
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { manifestFiles } from "../extension/scripts/manifest.mjs";
import { toMarkdown } from "./generator/markdown.mjs";
import { toTypeScript } from "./generator/typescript.mjs";

const root = new URL("../", import.meta.url);

/** docs/truth.md with the state machine's current table. */
async function truthPage() {
  const file = new URL("docs/truth.md", root);
  const source = new URL("server/Companion.Server/Environments/EnvironmentMachine.cs", root);
  const table = /^ *\/\/ ── the table[^\n]*\n([\s\S]*?)^ *\/\/ ── end/m.exec(
    await readFile(source, "utf8"),
  )?.[1];
  if (!table) throw new Error(`${source.pathname} has no table between its marks.`);
  const block = `<!-- begin table -->\n\n\`\`\`csharp\n${table.replace(/^ {8}/gm, "").trimEnd()}\n\`\`\`\n\n<!-- end table -->`;
  const page = await readFile(file, "utf8");
  return { file, content: page.replace(/<!-- begin table -->[\s\S]*<!-- end table -->/, () => block) };
}

/** The generated files and their contents, for the existing openrpc.json. */
export async function generatedFiles() {
  const document = JSON.parse(await readFile(new URL("protocol/openrpc.json", root), "utf8"));
  return [
    { file: new URL("extension/src/protocol.g.ts", root), content: await toTypeScript(document) },
    { file: new URL("docs/protocol.md", root), content: toMarkdown(document) },
    await truthPage(),
    ...(await manifestFiles()),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const generator = fileURLToPath(new URL("protocol/generator", root));
  const documents = ["openrpc.json", "tools.json"].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  execFileSync("dotnet", ["run", "--project", generator, "--", ...documents], { stdio: "inherit" });
  for (const { file, content } of await generatedFiles()) await writeFile(file, content);
}
