// @ts-check
/** The three flavors of the server, and which of them this machine can build. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inRoot } from "./common.mjs";

/** @typedef {"portable" | "ready" | "native"} Flavor */

/**
 * `portable` runs on any .NET 10, `ready` includes its runtime, and `native` is only machine code.
 * @type {readonly Flavor[]}
 */
export const flavors = ["portable", "ready", "native"];

/**
 * The frameworks for a release. The second one is for machines whose package source doesn't have the first one's
 * pack.
 */
const nativeFrameworks = ["net10.0", "net9.0"];

/**
 * Parses a flavor argument.
 * @param {string} name
 * @returns {Flavor}
 */
export function parseFlavor(name) {
  const found = flavors.find((flavor) => flavor === name);
  if (!found) throw new Error(`--flavor takes ${flavors.join(", ")}.`);
  return found;
}

/** .NET's runtime identifier for this machine. */
export function hostRid() {
  const report = /** @type {{ header: Record<string, unknown> } | undefined} */ (process.report?.getReport());
  const musl = process.platform === "linux" && !report?.header.glibcVersionRuntime;
  const system = { win32: "win", darwin: "osx" }[/** @type {string} */ (process.platform)] ?? "linux";
  return `${system}${musl ? "-musl" : ""}-${process.arch}`;
}

/**
 * The file name of a program.
 * @param {string} name
 * @param {string} [rid]
 */
export function programName(name, rid = hostRid()) {
  return rid.startsWith("win") ? `${name}.exe` : name;
}

/**
 * Whether a server for one platform is the native one: a runtime has 20 MB before the first line of the server.
 * @param {number} size of the program, in bytes
 */
export function isNative(size) {
  return size < 20_000_000;
}

/**
 * Publishes a program in one flavor.
 * @param {string} project the project's folder
 * @param {string} folder the output folder, which is emptied first
 * @param {{ flavor?: Flavor, rid?: string, framework?: string | undefined, properties?: string[] }} [options] `framework` restricts the native flavor to one .NET version
 * @returns {{ framework: string } | { reason: string }} the framework that it was built for, or why it can't be built on this machine
 */
export function publish(project, folder, options = {}) {
  const { flavor = "portable", rid = hostRid(), framework, properties = [] } = options;
  rmSync(folder, { recursive: true, force: true });
  // The locked restore checks the packages for all flavors.
  dotnet(["restore", project, ...quiet]);
  // Deterministic and independent of the source folder, and shared by tests and packages, so that a flavor is
  // compiled once.
  const pathMap = `-p:PathMap=${inRoot()}=/_/`;
  // `dotnet build` analyzes the code, once for all flavors.
  const analyzed = "-p:RunAnalyzers=false";
  const common = [project, "-c", "Release", "-o", folder, ...quiet, pathMap, analyzed, ...properties];
  if (flavor === "portable") {
    dotnet(["publish", ...common]);
    return { framework: "net10.0" };
  }
  const chosen = restorable(project, flavor, rid, framework);
  if ("reason" in chosen) return chosen;
  dotnet(["publish", ...common, ...chosen.options, "-p:DebugType=none"]);
  return { framework: chosen.framework };
}

/**
 * Returns which framework of a flavor can be restored here.
 * @param {string} project
 * @param {Flavor} flavor
 * @param {string} rid
 * @param {string | undefined} framework
 * @returns {{ framework: string, options: string[] } | { reason: string }}
 */
function restorable(project, flavor, rid, framework) {
  if (flavor === "native" && !hasLinker()) return { reason: "neither clang nor gcc is there to link it" };
  const frameworks = flavor === "native" ? nativeFrameworks : nativeFrameworks.slice(0, 1);
  let reason = "";
  for (const candidate of framework ? [framework] : frameworks) {
    const options = ["-r", rid, `-p:Flavor=${flavor}`, `-p:Framework=${candidate}`];
    const { status, stdout } = tryDotnet(["restore", project, ...options, ...quiet]);
    if (status === 0) {
      if (reason) console.log(`${reason}: building the ${flavor} flavor for ${candidate} instead.`);
      return { framework: candidate, options };
    }
    const missing = /Unable to find package ([^\s]+?)\.?(?: with|\. No|\s)/.exec(stdout)?.[1];
    if (!missing) throw new Error(`dotnet restore of ${project} failed:\n${stdout}`);
    reason = `${missing} for ${candidate} cannot be restored here`;
  }
  return { reason };
}

const quiet = ["--nologo", "-v", "quiet"];

/** @param {string[]} args */
function dotnet(args) {
  const { status, stdout } = tryDotnet(args);
  if (stdout) console.log(stdout.trimEnd());
  if (status !== 0) throw new Error(`dotnet ${args.join(" ")} failed (${status}).`);
}

/** @param {string[]} args */
function tryDotnet(args) {
  return spawnSync("dotnet", args, { cwd: inRoot(), encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}

/** NativeAOT links with the system's C compiler. On Windows and macOS, its build reports what's missing. */
function hasLinker() {
  if (process.platform !== "linux") return true;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.some((folder) => ["clang", "gcc"].some((name) => existsSync(join(folder, name))));
}
