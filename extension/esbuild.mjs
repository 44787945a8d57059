// @ts-check
/**
 * Builds the extension into dist/: a small bundle that VS Code loads, one with the language client for later, and one for when something
 * has failed.
 */
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const production = process.argv.includes("--production");
const here = fileURLToPath(new URL(".", import.meta.url));

/** The entry leaves the other bundles alone, and requires them at run time. */
const otherBundles = {
  name: "other-bundles",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /\/(client|support)\/main\.js$/ }, ({ kind, path }) =>
      kind === "entry-point" ? undefined : { path: `./${path.split("/").at(-2)}.js`, external: true },
    );
  },
};

await rm(new URL("dist", import.meta.url), { recursive: true, force: true });
const { warnings } = await build({
  absWorkingDir: here,
  entryPoints: {
    extension: "src/extension.ts",
    client: "src/client/main.ts",
    support: "src/support/main.ts",
  },
  outdir: "dist",
  bundle: true,
  format: "cjs",
  platform: "node",
  target: "node20",
  external: ["vscode"],
  // require(), which VS Code has taught what "vscode" means.
  supported: { "dynamic-import": false },
  plugins: [otherBundles],
  minify: production,
  sourcemap: production ? false : "linked",
  legalComments: "none",
  logLevel: "info",
});
if (warnings.length > 0) process.exitCode = 1;
