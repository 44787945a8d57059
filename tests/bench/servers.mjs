// @ts-check
/** The servers that are measured, built as they are shipped. */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { build } from "esbuild";
import { serverFolder } from "../../extension/scripts/build.mjs";
import { inRoot } from "../../extension/scripts/common.mjs";
import { flavors, programName, publish } from "../../extension/scripts/flavors.mjs";

/** @import { Flavor } from "../../extension/scripts/flavors.mjs" */
/** @import { Program } from "./rawClient.mjs" */

/** @typedef {{ name: string, folder: string | undefined, program: Program }} Measured */

const serverProject = inRoot("server", "Companion.Server");
const plainProject = inRoot("tests", "Companion.PlainServer");
const bareProject = inRoot("tests", "Companion.BareClient");

/**
 * The server in every flavor that this machine can build, where `npm run build` leaves it.
 * @param {{ build: boolean }} options whether they are built first
 */
export const flavoredServers = (options) =>
  inEveryFlavor(options, serverProject, serverFolder, "companion", "companion-server", ["--stdio"]);

/**
 * The plain StreamJsonRpc server in the same flavors.
 * @param {{ build: boolean }} options whether they are built first
 */
export const plainServers = (options) =>
  inEveryFlavor(
    options,
    plainProject,
    (flavor) => inRoot("out", "bench", `plain-${flavor}`),
    "StreamJsonRpc",
    "plain-server",
    [],
  );

/**
 * @param {{ build: boolean }} options
 * @param {string} project
 * @param {(flavor: Flavor) => string} folderOf
 * @param {string} name
 * @param {string} assembly
 * @param {readonly string[]} args
 */
function inEveryFlavor({ build }, project, folderOf, name, assembly, args) {
  return flavors.flatMap((flavor) => {
    const result = build ? publish(project, folderOf(flavor), { flavor }) : {};
    if ("reason" in result) {
      console.log(`The ${flavor} flavor is left out: ${result.reason}.`);
      return [];
    }
    const server = measured(`${name} ${flavor}`, folderOf(flavor), assembly, args);
    return server ? { ...server, flavor } : [];
  });
}

/**
 * The server as another checkout has built it.
 * @param {string} root of that checkout
 */
export const serversBefore = (root) =>
  flavors.flatMap((flavor) => {
    const folder = join(root, relative(inRoot(), serverFolder(flavor)));
    return measured(`before ${flavor}`, folder, "companion-server", ["--stdio"]) ?? [];
  });

/**
 * The bare HTTP client, portable.
 * @param {{ build: boolean }} options whether it is built first
 * @returns {Program}
 */
export function bareClient({ build }) {
  const folder = inRoot("out", "bench", "bare-client");
  if (build) publish(bareProject, folder, {});
  return { command: "dotnet", args: [`${folder}/bare-client.dll`] };
}

/**
 * npm's JSON-RPC under node, bundled as an extension would bundle it.
 * @returns {Promise<Measured>}
 */
export async function nodeServer() {
  const outfile = inRoot("out", "bench", "vscode-jsonrpc", "server.cjs");
  const entryPoints = [inRoot("tests", "bench", "nodeServer.mjs")];
  await build({
    entryPoints,
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minify: true,
  });
  return {
    name: "vscode-jsonrpc",
    folder: undefined,
    program: { command: process.execPath, args: [outfile] },
  };
}

/**
 * A server that was built; a portable one is started as the extension starts it.
 * @param {string} name
 * @param {string} folder
 * @param {string} assembly
 * @param {readonly string[]} args
 * @returns {Measured | undefined}
 */
function measured(name, folder, assembly, args) {
  const portable = `${folder}/${assembly}.dll`;
  if (existsSync(portable))
    return { name, folder, program: { command: "dotnet", args: [portable, ...args] } };
  const file = `${folder}/${programName(assembly)}`;
  return existsSync(file) ? { name, folder, program: { command: file, args } } : undefined;
}
