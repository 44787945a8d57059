import { access, constants, open, readdir, readFile, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

/** What the search for a program needs from the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly path: path.PlatformPath;
  isFile(file: string): Promise<boolean>;
  /** Whether the user can execute a file. Always true on Windows, which has no such permission. */
  isExecutable(file: string): Promise<boolean>;
  /** The first bytes of a file, up to 4 KB. Empty if it can't be read. */
  head(file: string): Promise<Buffer>;
  /** The first line of a text file. Empty if it can't be read. */
  firstLine(file: string): Promise<string>;
  /** The names in a folder. Empty if it can't be read. */
  list(folder: string): Promise<readonly string[]>;
  /** The path of a file with links resolved, or the path itself if that fails. */
  realPath(file: string): Promise<string>;
}

export const thisMachine: Machine = {
  platform: process.platform,
  arch: process.arch,
  env: process.env,
  home: homedir(),
  path,
  isFile: (file) =>
    stat(file).then(
      (found) => found.isFile(),
      () => false,
    ),
  isExecutable: (file) =>
    access(file, constants.X_OK).then(
      () => true,
      () => false,
    ),
  head,
  firstLine: (file) =>
    readFile(file, "utf8").then(
      (text) => text.split(/\r?\n/, 1)[0]?.trim() ?? "",
      () => "",
    ),
  list: (folder) => readdir(folder).catch(() => []),
  realPath: (file) => realpath(file).catch(() => file),
};

async function head(file: string): Promise<Buffer> {
  const opened = await open(file).catch(() => undefined);
  try {
    const { buffer, bytesRead } = (await opened?.read(Buffer.alloc(4096), 0, 4096, 0)) ?? {};
    return buffer?.subarray(0, bytesRead) ?? Buffer.alloc(0);
  } catch {
    return Buffer.alloc(0);
  } finally {
    await opened?.close();
  }
}
