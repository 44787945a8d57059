// @ts-check
/**
 * npm run build: builds the server for this machine into out/server, and the extension's bundle into extension/dist.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { inRoot, installPackages, run } from "./common.mjs";
import { parseFlavor, programName, publish } from "./flavors.mjs";

/** @import { Flavor } from "./flavors.mjs" */

/**
 * The folder of a flavor's server for this machine.
 * @param {Flavor} flavor
 */
export const serverFolder = (flavor) => inRoot("out", flavor === "portable" ? "server" : `server-${flavor}`);

/**
 * The program of a flavor's server for this machine.
 * @param {Flavor} flavor
 */
export const serverPath = (flavor) => `${serverFolder(flavor)}/${programName("companion-server")}`;

/**
 * Publishes the server of a flavor for this machine.
 * @param {Flavor} [flavor]
 */
export const publishServer = (flavor = "portable") =>
  publish(inRoot("server", "Companion.Server"), serverFolder(flavor), { flavor });

/** Bundles the extension for release. */
export const bundleExtension = () =>
  run(process.execPath, [inRoot("extension", "esbuild.mjs"), "--production"], { cwd: inRoot("extension") });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { flavor: { type: "string", default: "portable" } } });
  const flavor = parseFlavor(values.flavor);
  installPackages();
  const built = publishServer(flavor);
  if ("reason" in built) {
    console.error(`The ${flavor} server can't be built here: ${built.reason}.`);
    process.exit(1);
  }
  bundleExtension();
  console.log(`The server is ${serverPath(flavor)}.`);
}
