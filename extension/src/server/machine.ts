import { readdir, realpath, stat } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";

/** What looking for a program needs to know of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly path: path.PlatformPath;
  isFile(file: string): Promise<boolean>;
  /** Names in a folder; none where it cannot be read. */
  list(folder: string): Promise<readonly string[]>;
  /** Where a file really is, links followed; the file itself where that cannot be told. */
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
  list: (folder) => readdir(folder).catch(() => []),
  realPath: (file) => realpath(file).catch(() => file),
};
