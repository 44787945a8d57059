import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { unzipSync } from "fflate";

/** A place with output, and its contents. */
export interface Written {
  readonly where: string;
  /** Its bytes, as one character each. */
  readonly text: string;
}

/** Everything in a folder: the names of its files, what is in them, and what is in those that are ZIPs. */
export async function writtenIn(folder: string): Promise<Written[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const written: Written[] = [
    { where: `names in ${folder}`, text: entries.map(({ name }) => name).join("\n") },
  ];
  for (const where of files) {
    const bytes = await readFile(where).catch(() => undefined); // deleted in the meantime
    if (!bytes) continue;
    written.push({ where, text: bytes.toString("latin1") });
    if (!bytes.subarray(0, 4).equals(zipMark)) continue;
    for (const [name, content] of Object.entries(unzipSync(bytes)))
      written.push({ where: `${where}: ${name}`, text: Buffer.from(content).toString("latin1") });
  }
  return written;
}

const zipMark = Buffer.from("PK\x03\x04", "latin1");

/** What other processes of the same user can see of a process: its arguments and its environment. */
export async function writtenOfProcess(pid: number | undefined): Promise<Written[]> {
  if (process.platform !== "linux") return [];
  const files = ["cmdline", "environ"].map((name) => `/proc/${pid}/${name}`);
  return Promise.all(
    files.map(async (where) => ({ where, text: await readFile(where, "latin1").catch(() => "") })),
  );
}
