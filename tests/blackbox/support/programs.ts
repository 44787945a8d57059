import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const exe = process.platform === "win32" ? ".exe" : "";

/** The server from `npm run build`, or the one that the environment variable specifies. */
export const serverPath = built(
  process.env.COMPANION_SERVER_PATH ?? `${root}out/server/companion-server${exe}`,
  "npm run build",
);

/** Names this process as the server's client, unless the server can't see it: under Wine, a Linux process id means nothing. */
export const clientProcess =
  process.env.COMPANION_CLIENT_PROCESS === "unseen" ? {} : { processId: process.pid };

/** The sandbox gateway that listens on loopback. Not every user of this module needs it. */
export const sandboxHostPath = () =>
  built(`${root}out/dotnet/bin/Companion.SandboxHost/debug/Companion.SandboxHost${exe}`, "dotnet build");

/** The environment variables, without the developer's own credentials, proxies, and certificates. */
export function bareEnvironment(home = tmpdir()): NodeJS.ProcessEnv {
  const isOwn = /^(FIREWORKS|COMPANION)_|_proxy$|^SSL_CERT|^NODE_EXTRA_CA/i;
  const kept = Object.entries(process.env).filter(([name]) => !isOwn.test(name));
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home };
}

function built(path: string, by: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not there: ${by} makes it.`);
  return path;
}
