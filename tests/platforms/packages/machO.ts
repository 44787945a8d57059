/** A part of a file. */
export interface Range {
  readonly offset: number;
  readonly size: number;
}

/** What macOS reads before it starts a program. */
export interface MachO {
  readonly isProgram: boolean;
  /** The oldest macOS that it's for. */
  readonly minimumVersion: string | undefined;
  /** The paths of the libraries that are loaded with it. */
  readonly libraries: readonly string[];
  readonly signature: Range | undefined;
}

const magic64 = 0xfeedfacf;
const executable = 2;
const macOS = 1;

/** Load commands, from mach-o/loader.h. */
const codeSignature = 0x1d;
const versionMin = 0x24;
const buildVersion = 0x32;
/** LC_LOAD_DYLIB, LC_LOAD_WEAK_DYLIB, LC_REEXPORT_DYLIB, LC_LAZY_LOAD_DYLIB, and LC_LOAD_UPWARD_DYLIB. */
const libraryCommands = [0xc, 0x80000018, 0x8000001f, 0x20, 0x80000023];

/** Reads the load commands of a 64-bit Mach-O file. */
export function readMachO(bytes: Buffer): MachO {
  if (bytes.readUInt32LE(0) !== magic64) throw new Error("not a 64-bit Mach-O file");
  const libraries: string[] = [];
  let minimumVersion: string | undefined;
  let signature: Range | undefined;
  for (const command of loadCommands(bytes)) {
    const kind = command.readUInt32LE(0);
    if (libraryCommands.includes(kind)) libraries.push(text(command, command.readUInt32LE(8)));
    if (kind === versionMin) minimumVersion = version(command.readUInt32LE(8));
    if (kind === buildVersion && command.readUInt32LE(8) === macOS)
      minimumVersion = version(command.readUInt32LE(12));
    if (kind === codeSignature)
      signature = { offset: command.readUInt32LE(8), size: command.readUInt32LE(12) };
  }
  return { isProgram: bytes.readUInt32LE(12) === executable, minimumVersion, libraries, signature };
}

function* loadCommands(bytes: Buffer): Generator<Buffer> {
  let at = 32;
  for (let count = bytes.readUInt32LE(16); count > 0; count--) {
    const end = at + bytes.readUInt32LE(at + 4);
    yield bytes.subarray(at, end);
    at = end;
  }
}

function version(packed: number): string {
  return `${packed >>> 16}.${(packed >>> 8) & 0xff}`;
}

function text(bytes: Buffer, start: number): string {
  return bytes.toString("utf8", start, bytes.indexOf(0, start));
}
