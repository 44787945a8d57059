import { execFileSync } from "node:child_process";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..", "..", "..");

/**
 * Packages an extension from the `fixtures` folder.
 * @returns the path of its VSIX
 */
export function packageFixture(name: string): string {
  const vsix = join(repository, "out", `${name}.vsix`);
  const cwd = join(import.meta.dirname, "..", "fixtures", name);
  const options = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  execFileSync("npx", ["vsce", "package", ...options], { cwd, stdio: "pipe" });
  return vsix;
}
