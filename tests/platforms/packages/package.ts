/** The package that `packages.mjs` unpacked. */
import { readFileSync } from "node:fs";

export const target = given("COMPANION_PACKAGE");
export const flavor = given("COMPANION_PACKAGE_FLAVOR");
/** Its server's program, and all of it. */
export const program = given("COMPANION_PACKAGE_PROGRAM");
export const bytes = () => readFileSync(program);

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} isn't set: npm run test:platforms sets it.`);
  return value;
}
