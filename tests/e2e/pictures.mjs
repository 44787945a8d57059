// @ts-check
/** npm run pictures: runs the everyday flow in a real VS Code, and updates the README's pictures. */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const from = join(root, "out", "e2e", "the-everyday-flow-in-pictures");
const to = join(root, "docs", "images");
/** The maximum size of a picture in bytes, to keep the README small. */
const most = 150_000;

rmSync(from, { recursive: true, force: true });
const { status } = spawnSync("npx", ["vitest", "run", "pictures.e2e.ts"], {
  cwd: import.meta.dirname,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
mkdirSync(to, { recursive: true });
for (const file of readdirSync(from).filter((name) => name.endsWith(".png"))) {
  const { size } = statSync(join(from, file));
  if (size > most) throw new Error(`${file} has ${size} bytes, and ${most} at most are wanted.`);
  const name = file.replace(/^\d+-/, "");
  copyFileSync(join(from, file), join(to, name));
  console.log(`docs/images/${name}: ${size} bytes`);
}
