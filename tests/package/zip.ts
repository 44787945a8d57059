import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

/** One file in a zip. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes that it takes in the zip. */
  readonly compressed: number;
  /** Bytes that it has. */
  readonly size: number;
  /** The permissions of Unix, as far as the zip has them. */
  readonly mode: number;
  /** Its contents. */
  bytes(): Buffer;
  /** Its contents as text. */
  text(): string;
}

const endOfDirectory = 0x06054b50;
const entryInDirectory = 0x02014b50;

/** Reads the directory at the end of a zip (APPNOTE.TXT 4.3.12 and 4.3.16), the contents only where they are asked for. */
export function readZip(path: string): ZipEntry[] {
  const bytes = readFileSync(path);
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== endOfDirectory) end--;
  if (end < 0) throw new Error(`${path} is no zip.`);
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    if (bytes.readUInt32LE(at) !== entryInDirectory) throw new Error(`${path} has a broken directory.`);
    const nameLength = bytes.readUInt16LE(at + 28);
    const [method, compressed, header] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt32LE(at + 42),
    ];
    const contents = () => {
      const start = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
      const stored = bytes.subarray(start, start + compressed);
      return method === 0 ? stored : inflateRawSync(stored);
    };
    entries.push({
      name: bytes.toString("utf8", at + 46, at + 46 + nameLength),
      compressed,
      size: bytes.readUInt32LE(at + 24),
      mode: bytes.readUInt32LE(at + 38) >>> 16,
      bytes: contents,
      text: () => contents().toString("utf8"),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
