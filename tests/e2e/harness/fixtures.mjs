// @ts-check
import { execFileSync } from "node:child_process";
import { inRoot } from "../../../extension/scripts/common.mjs";

/**
 * Packages an extension from the `fixtures` folder.
 * @param {string} name
 * @returns the path of its VSIX
 */
export function packageFixture(name) {
  const vsix = inRoot("out", `${name}.vsix`);
  const cwd = inRoot("tests", "e2e", "fixtures", name);
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  execFileSync("npx", ["vsce", "package", ...options], { cwd, stdio: "pipe" });
  return vsix;
}
