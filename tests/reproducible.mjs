// @ts-check
/**
 * Builds the package once more, from a copy of the sources in another folder, and compares it with the one in out/: they are to be the
 * same, byte for byte. Exit code 0 where they are.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inRoot, tryRun, version } from "../extension/scripts/common.mjs";

const name = join("out", `companion-${version()}.vsix`);
/** @param {string} path */
const sha256 = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const copy = mkdtempSync(join(tmpdir(), "companion-again-"));
try {
  process.exitCode = again() ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function again() {
  for (const file of git("ls-files", "--cached", "--others", "--exclude-standard").split("\n")) {
    if (!file || !existsSync(inRoot(file))) continue;
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(inRoot(file), join(copy, file));
  }
  const script = join(copy, "extension", "scripts", "package.mjs");
  if (tryRun(process.execPath, [script, "--target", "universal"], { cwd: copy }) !== 0) return false;
  const [here, there] = [inRoot(name), join(copy, name)].map(sha256);
  console.log(here === there ? `Both builds: ${here}` : `The builds differ: ${here} here, ${there} there.`);
  return here === there;
}

/** @param {...string} args */
function git(...args) {
  const { stdout, status } = spawnSync("git", args, { cwd: inRoot(), encoding: "utf8", maxBuffer: 1e8 });
  if (status !== 0) throw new Error(`git ${args.join(" ")} failed.`);
  return stdout;
}
