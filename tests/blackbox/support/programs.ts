import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const exe = process.platform === "win32" ? ".exe" : "";

/** The server from `npm run build`, or the one that the environment variable specifies. */
export const serverPath = built(
  process.env.COMPANION_SERVER_PATH ?? `${root}out/server/companion-server${exe}`,
  "npm run build",
);

/** The sandbox gateway that listens on loopback. Not every user of this module needs it. */
export const sandboxHostPath = () =>
  built(`${root}out/dotnet/bin/Companion.SandboxHost/debug/Companion.SandboxHost${exe}`, "dotnet build");

function built(path: string, by: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not there: ${by} makes it.`);
  return path;
}
