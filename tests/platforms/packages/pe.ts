/** What Windows reads before it starts a program. */
export interface Pe {
  readonly isProgram: boolean;
  readonly is64Bit: boolean;
  /** Whether it's a program for a console, which has stdin and stdout. */
  readonly isConsole: boolean;
}

/** Reads a PE file's headers. Its processor is in `targetPlatform`. */
export function readPe(bytes: Buffer): Pe {
  const at = bytes.readUInt32LE(0x3c);
  if (bytes.toString("latin1", at, at + 4) !== "PE\0\0") throw new Error("not a PE file");
  return {
    isProgram: (bytes.readUInt16LE(at + 22) & 0x2002) === 0x0002, // an executable, and no DLL
    is64Bit: bytes.readUInt16LE(at + 24) === 0x20b,
    isConsole: bytes.readUInt16LE(at + 92) === 3,
  };
}
