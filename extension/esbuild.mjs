// @ts-check
/**
 * Builds the extension into dist/: a small entry that VS Code loads when it starts, and the rest, which the first command reads
 * (src/lazy.ts). esbuild divides ES modules alone, so each of its files is turned into the CommonJS that VS Code requires afterwards.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const production = process.argv.includes("--production");
const here = fileURLToPath(new URL(".", import.meta.url));
const dist = fileURLToPath(new URL("dist", import.meta.url));
const sourcemap = production ? false : "inline";

await rm(dist, { recursive: true, force: true });
await mkdir(dist);
const { warnings, outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: { extension: "src/extension.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  minify: production,
  sourcemap,
  legalComments: "none",
  write: false,
  metafile: true,
});
// What went into the bundles: the bill of materials is made from it.
await writeFile(`${dist}/meta.json`, JSON.stringify(metafile.inputs));
let failed = warnings.length > 0;
for (const { path, text } of outputFiles) {
  const file = await transform(text, {
    format: "cjs",
    platform: "node",
    target: "node20",
    // require(), which VS Code has taught what "vscode" means.
    supported: { "dynamic-import": false },
    minify: production,
    sourcemap,
    sourcefile: path,
    logLevel: "info",
  });
  failed ||= file.warnings.length > 0;
  await writeFile(path, file.code);
}
if (failed) process.exitCode = 1;
