/** The SHA-256 of ".net core bundle": in a single-file program, the offset of its bundle is before it. */
const marker = Buffer.from("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae", "hex");

/** The number of files in a program's bundle. Undefined if it has none. */
export function bundledFiles(bytes: Buffer): number | undefined {
  const at = bytes.indexOf(marker);
  const header = at < 8 ? 0 : Number(bytes.readBigUInt64LE(at - 8));
  return header === 0 ? undefined : bytes.readUInt32LE(header + 8);
}
