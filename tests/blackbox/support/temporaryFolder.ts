import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives this process, and all that it starts from now on, a folder for temporary files of their own: killed processes leave
 * their sockets and pipes there, .NET and VS Code alike. On Linux alone: elsewhere a socket's path would grow too long.
 * @returns removes the folder
 */
export async function ownTemporaryFolder(): Promise<() => Promise<void>> {
  if (process.platform !== "linux") return async () => {};
  const before = process.env.TMPDIR;
  const folder = await mkdtemp(join(tmpdir(), "tests-"));
  await chmod(folder, 0o711); // some programs that root starts run as another user
  process.env.TMPDIR = folder;
  return async () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    // A killed process may still be writing for a moment.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
}
