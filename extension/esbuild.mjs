// @ts-check
/**
 * Builds the extension into dist/: a tiny file that VS Code loads at startup, main.js, which is loaded just after it,
 * and those that are loaded when they're first needed (src/lazy*.ts). esbuild splits only ES modules, so this takes two steps: splitting, and then converting
 * each part to CommonJS for VS Code.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const production = process.argv.includes("--production");
const here = fileURLToPath(new URL(".", import.meta.url));
const dist = fileURLToPath(new URL("dist", import.meta.url));
const entry = "main.js";

/** @type {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: here,
  bundle: true,
  platform: "node",
  target: "node20",
  minify: production,
  sourcemap: production ? false : "inline",
  legalComments: "none",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
const divided = await build({
  ...common,
  entryPoints: { main: "src/main.ts" },
  outdir: "dist",
  splitting: true,
  format: "esm",
  external: ["vscode"],
  write: false,
  metafile: true,
});
// The inputs of the bundles, for the bill of materials.
await writeFile(`${dist}/meta.json`, JSON.stringify(divided.metafile.inputs));

/** The parts by file name, as ES modules. */
const parts = new Map(divided.outputFiles.map(({ path, text }) => [basename(path), requiringVSCode(text)]));
const shared = [...parts.keys()].filter((name) => name.startsWith("chunk-"));
const lazy = [...parts.keys()].filter((name) => name !== entry && !shared.includes(name));

const activation = await build({
  ...common,
  entryPoints: { extension: "src/extension.ts" },
  outdir: "dist",
  format: "cjs",
  external: ["vscode", `./${entry}`],
  supported: { "dynamic-import": false },
});

// Code that parts share goes into the entry, because loading one more file takes as long as running it.
const exported = shared.map((name) => `export * as ${exportOf(name)} from "./${name}";`);
const warnings = [
  activation.warnings,
  divided.warnings,
  await write(entry, [`export * from "./${entry}";`, ...exported].join("\n")),
];
for (const name of lazy) warnings.push(await write(name, parts.get(name) ?? ""));
if (warnings.flat().length > 0) process.exitCode = 1;

/**
 * The entry's export for a shared part. Each has its own, because their minified exports have the same names.
 * @param {string} name
 */
function exportOf(name) {
  return `shared${shared.indexOf(name)}`;
}

/**
 * Writes a CommonJS file.
 * @param {string} name
 * @param {string} contents the ES module to start from
 */
async function write(name, contents) {
  /** @type {import("esbuild").Plugin} */
  const ofParts = {
    name: "parts",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\// }, ({ path }) => {
        const part = basename(path);
        if (lazy.includes(part)) return { path, external: true };
        if (name === entry) return { path: part, namespace: "part" };
        return part === entry ? { path, external: true } : { path: part, namespace: "shared" };
      });
      onLoad({ filter: /./, namespace: "part" }, ({ path }) => ({ contents: parts.get(path) ?? "" }));
      onLoad({ filter: /./, namespace: "shared" }, ({ path }) => ({
        contents: `module.exports = require("./${entry}").${exportOf(path)};`,
      }));
    },
  };
  const { warnings } = await build({
    ...common,
    stdin: { contents, sourcefile: name },
    outfile: `dist/${name}`,
    format: "cjs",
    external: ["vscode"],
    // require(), for which VS Code provides "vscode".
    supported: { "dynamic-import": false },
    plugins: [ofParts],
  });
  return warnings;
}

/**
 * Requires "vscode" only once and uses it directly. For each file that imports it, esbuild would copy its hundreds of
 * members, which took a third of the activation time.
 * @param {string} text an ES module
 */
function requiringVSCode(text) {
  const imported = /\bimport\s*\*\s*as\s+([\w$]+)\s+from\s*"vscode";/g;
  const names = [...text.matchAll(imported)].map(([, name]) => name);
  const rest = text.replaceAll(imported, "");
  if (/\bfrom\s*"vscode"/.test(rest)) throw new Error('Import "vscode" as a whole: import * as vscode.');
  const [first, ...others] = names;
  if (first === undefined) return rest;
  return `const ${first}=require("vscode")${others.map((name) => `,${name}=${first}`).join("")};${rest}`;
}
