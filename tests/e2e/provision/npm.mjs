// @ts-check
import { availableParallelism } from "node:os";
import { delimiter, dirname } from "node:path";
import { run } from "./run.mjs";

/**
 * npm's settings that say how to reach a registry. All other `npm_*` variables describe the npm command that this
 * process may have been started by (its workspace, its prefix) and would mislead ours.
 */
const keptSettings = new Set(
  [
    "registry",
    "cache",
    "ca",
    "cafile",
    "proxy",
    "https_proxy",
    "noproxy",
    "strict_ssl",
    "userconfig",
    "globalconfig",
  ].map((name) => `npm_config_${name}`),
);

/**
 * Runs npm in a folder.
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {{ node: string, headers: string }} [toolchain] the Node that runs npm and the packages' scripts, and the folder
 *   whose `include/node` native modules are built against; without it, the Node on PATH
 */
export async function npm(folder, args, toolchain) {
  await run("npm", [...args, "--no-audit", "--no-fund"], { cwd: folder, env: npmEnvironment(toolchain) });
}

/**
 * @param {{ node: string, headers: string }} [toolchain]
 * @returns {NodeJS.ProcessEnv}
 */
function npmEnvironment(toolchain) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || keptSettings.has(name.toLowerCase()),
  );
  const environment = Object.fromEntries(inherited);
  if (toolchain === undefined) return environment;
  return {
    ...environment,
    PATH: [dirname(toolchain.node), process.env.PATH].join(delimiter),
    npm_config_nodedir: toolchain.headers,
    JOBS: String(availableParallelism()),
  };
}
