/** The platform of a program, in Node's terms. */
export interface TargetPlatform {
  readonly platform: "linux" | "darwin" | "win32";
  readonly arch: "x64" | "arm64";
}

/**
 * Returns the platform of a program from its first bytes. Undefined for formats and processors that Companion isn't
 * built for.
 */
export function targetPlatform(head: Buffer): TargetPlatform | undefined {
  if (head.length < 64) return undefined;
  // ELF: e_machine. 64-bit Mach-O: cputype. PE: Machine, at the offset in the DOS header.
  if (head.readUInt32BE(0) === 0x7f454c46)
    return on("linux", { 62: "x64", 183: "arm64" }, head.readUInt16LE(18));
  if (head.readUInt32LE(0) === 0xfeedfacf)
    return on("darwin", { 16777223: "x64", 16777228: "arm64" }, head.readUInt32LE(4));
  const header = head.readUInt32LE(0x3c);
  if (head.readUInt16LE(0) === 0x5a4d && header + 6 <= head.length)
    return on("win32", { 34404: "x64", 43620: "arm64" }, head.readUInt16LE(header + 4));
  return undefined;
}

/** Whether a machine can run a program. macOS and Windows on arm64 also run x64 programs. */
export function isCompatible(
  { platform, arch }: TargetPlatform,
  machine: { platform: string; arch: string },
): boolean {
  if (platform !== machine.platform) return false;
  return arch === machine.arch || (platform !== "linux" && arch === "x64" && machine.arch === "arm64");
}

function on(
  platform: TargetPlatform["platform"],
  processors: Readonly<Record<number, TargetPlatform["arch"]>>,
  processor: number,
): TargetPlatform | undefined {
  const arch = processors[processor];
  return arch && { platform, arch };
}
