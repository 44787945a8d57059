// @ts-check
/** npm run mutants: changes one place of the code at a time, in a copy of it, and expects a unit test to fail. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { inRoot, installPackages, root } from "../../extension/scripts/common.mjs";
import { runLimited } from "./limited.mjs";
import { mutants } from "./mutantList.mjs";

/** @typedef {"found" | "survived" | "stale" | "doesn't compile"} Fate */

const minute = 60_000;
const only = process.argv.slice(2);
const chosen = mutants.filter(({ file }) => only.length === 0 || only.some((part) => file.includes(part)));

installPackages();
const copy = realpathSync(mkdtempSync(join(tmpdir(), "companion-mutants-")));
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
copyTree();

/** @type {Map<string, boolean>} */
const soundSuites = new Map();
let missed = 0;
for (const { file, from, to } of chosen) {
  const fate = await fateOf(file, from, to);
  if (fate !== "found") missed++;
  console.log(`${fate.padEnd(15)} ${file}: ${oneLine(from)} → ${oneLine(to) || "(nothing)"}`);
}
console.log(`\n${chosen.length - missed} of ${chosen.length} found`);
process.exitCode = missed > 0 || chosen.length === 0 ? 1 : 0;

/**
 * @param {string} file
 * @param {string} from
 * @param {string} to
 * @returns {Promise<Fate>}
 */
async function fateOf(file, from, to) {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  if (text.split(from).length !== 2) return "stale";
  await mustPass(file);
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
  try {
    if (!(await builds(file))) return "doesn't compile";
    return (await passes(file)) ? "survived" : "found";
  } finally {
    writeFileSync(path, text);
  }
}

/**
 * Ends everything where the tests fail without any change: then they would fail with each.
 * @param {string} file
 */
async function mustPass(file) {
  const suite = projectOf(file) ?? file;
  const isSound = soundSuites.get(suite) ?? ((await builds(file)) && (await passes(file)));
  soundSuites.set(suite, isSound);
  if (isSound) return;
  console.error(`The tests of ${suite} fail without any change.`);
  process.exit(1);
}

/**
 * TypeScript is only stripped of its types; nothing has to be built for it.
 * @param {string} file
 */
async function builds(file) {
  const project = projectOf(file);
  if (!project) return true;
  const options = ["--nologo", "-v", "quiet", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"];
  return succeeds("dotnet", ["build", join(copy, "tests", project), ...options], copy);
}

/** @param {string} file */
async function passes(file) {
  const project = projectOf(file);
  if (project) {
    const program = join(copy, "out", "dotnet", "bin", project, "debug", `${project}.dll`);
    return succeeds("dotnet", [program, "--progress", "off", "--no-ansi"], copy);
  }
  const vitest = join(copy, "node_modules", "vitest", "vitest.mjs");
  const folder = join(copy, "extension");
  // Without the test that reads all sources: it is slow, and no unit test of this file.
  const args = [
    vitest,
    "related",
    relative(folder, join(copy, file)),
    "--run",
    "--bail=1",
    "--exclude",
    "**/l10n.test.ts",
  ];
  return succeeds(process.execPath, args, folder);
}

/**
 * The MSTest project for a file of the server; undefined for the extension.
 * @param {string} file
 */
function projectOf(file) {
  const [, library] = /^server\/([^/]+)\//.exec(file) ?? [];
  return library && `${library}.Tests`;
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
async function succeeds(command, args, cwd) {
  const signal = AbortSignal.timeout(5 * minute);
  const { status, stopped } = await runLimited(command, args, { signal, cwd, isQuiet: true });
  return status === 0 && !stopped;
}

/** Everything that is tracked, or would be, as it is now: also what isn't committed yet. */
function copyTree() {
  const listed = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  const deleted = new Set(
    execFileSync("git", ["ls-files", "-z", "--deleted"], { cwd: root, encoding: "utf8" }).split("\0"),
  );
  for (const file of listed.split("\0").filter((name) => name !== "" && !deleted.has(name)))
    cpSync(inRoot(file), join(copy, file), { recursive: true });
  symlinkSync(inRoot("node_modules"), join(copy, "node_modules"), "junction");
}

/** @param {string} text */
function oneLine(text) {
  return text.replaceAll(/\s+/g, " ").trim();
}
