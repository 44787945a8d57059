import { createHash } from "node:crypto";
import type { Range } from "./machO.js";

const superBlob = 0xfade0cc0;
const codeDirectory = 0xfade0c02;
const sha256 = 2;

/** What a code signature says about the file before it. */
export interface Signature {
  /** The bytes that it covers, from the start of the file. */
  readonly covered: number;
  readonly pages: number;
  /** The pages whose hash is another one. macOS doesn't run them. */
  readonly broken: readonly number[];
}

/** Reads a Mach-O file's code signature (cs_blobs.h), and compares the hash of each page. */
export function readSignature(bytes: Buffer, { offset, size }: Range): Signature {
  const blob = bytes.subarray(offset, offset + size);
  if (blob.readUInt32BE(0) !== superBlob) throw new Error("not a code signature");
  const directory = blob.subarray(blob.readUInt32BE(16)); // the first one in it
  if (directory.readUInt32BE(0) !== codeDirectory) throw new Error("no code directory");
  const [hashes, pages, covered] = [16, 28, 32].map((at) => directory.readUInt32BE(at)) as [
    number,
    number,
    number,
  ];
  const hashSize = directory.readUInt8(36);
  if (directory.readUInt8(37) !== sha256) throw new Error("not SHA-256");
  const pageSize = 2 ** directory.readUInt8(39);
  const isBroken = (page: number) => {
    const contents = bytes.subarray(page * pageSize, Math.min((page + 1) * pageSize, covered));
    const stored = directory.subarray(hashes + page * hashSize, hashes + (page + 1) * hashSize);
    return !createHash("sha256").update(contents).digest().equals(stored);
  };
  return { covered, pages, broken: [...Array(pages).keys()].filter(isBroken) };
}
