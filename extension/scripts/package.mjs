// @ts-check
/**
 * npm run package: builds the VSIX for this platform, the portable one, and any others that this machine can build,
 * into out/. `--target NAME` builds one (or several), `--flavor` selects the server, and `--framework net10.0` allows
 * no other.
 */
import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { bundleExtension } from "./build.mjs";
import { inRoot, installPackages, version } from "./common.mjs";
import { hostRid, parseFlavor, publish } from "./flavors.mjs";
import { packStage, stagedServer, stageExtension } from "./stage.mjs";
import { targets } from "./targets.mjs";

/** @import { Flavor } from "./flavors.mjs" */
/** @import { Target } from "./targets.mjs" */

/** @typedef {{ flavor?: Flavor | undefined, framework?: string | undefined }} Wish */

/**
 * The path of a package.
 * @param {string} [name] its target
 */
export const vsixPath = (name = "universal") =>
  inRoot("out", name === "universal" ? `companion-${version()}.vsix` : `companion-${name}-${version()}.vsix`);

/**
 * Builds a package.
 * @param {Target} target
 * @param {Wish} [wish]
 * @returns {{ path: string, flavor: Flavor, framework: string } | { reason: string }}
 */
export function packageTarget(target, wish = {}) {
  stageExtension();
  let reason = "";
  for (const flavor of flavorsOf(target, wish.flavor)) {
    if (flavor === "native" && target.rid !== hostRid()) {
      reason = `machine code for ${target.rid} is linked on ${target.rid} itself`;
      continue;
    }
    const artifacts = flavor === "portable" ? fresh() : inRoot("out", `dotnet-${flavor}`);
    const built = publish(inRoot("server", "Companion.Server"), stagedServer, {
      flavor,
      framework: wish.framework,
      // Deterministic, regardless of earlier builds.
      properties:
        flavor === "portable"
          ? ["-p:DebugType=none", "-p:UseAppHost=false", `-p:ArtifactsPath=${artifacts}`]
          : [],
      ...(target.rid && { rid: target.rid }),
    });
    if ("framework" in built) {
      const path = vsixPath(target.name);
      packStage(target, path, join(artifacts, "obj", "Companion.Server", "project.assets.json"));
      return { path, flavor, framework: built.framework };
    }
    reason = reason ? `${reason}, and ${built.reason}` : built.reason;
  }
  return { reason };
}

/** Creates an empty folder for intermediate files. */
function fresh() {
  const folder = inRoot("out", "dotnet-package");
  rmSync(folder, { recursive: true, force: true });
  return folder;
}

/**
 * Returns the flavors that a package can contain, the best first.
 * @param {Target} target
 * @param {Flavor | undefined} wished
 * @returns {Flavor[]}
 */
function flavorsOf(target, wished) {
  if (!target.rid) return ["portable"];
  return wished ? [wished] : ["native", "ready"];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      target: { type: "string", multiple: true },
      flavor: { type: "string" },
      framework: { type: "string" },
    },
  });
  const unknown = values.target?.find((name) => !targets.some((target) => target.name === name));
  if (unknown) throw new Error(`--target takes ${targets.map(({ name }) => name).join(", ")}.`);
  const wish = {
    flavor: values.flavor ? parseFlavor(values.flavor) : undefined,
    framework: values.framework,
  };
  installPackages();
  bundleExtension();
  const lines = targets
    .filter(({ name }) => values.target?.includes(name) ?? true)
    .map((target) => ({ target, result: packageTarget(target, wish) }));
  console.log();
  for (const { target, result } of lines)
    console.log(
      "path" in result
        ? `${target.name}: ${basename(result.path)}, ${result.flavor} for ${result.framework}`
        : `${target.name}: not built here: ${result.reason}.`,
    );
  // A requested package must be built.
  if (values.target && lines.some(({ result }) => "reason" in result)) process.exitCode = 1;
}
