import { describe, expect, it } from "vitest";
import { targetPlatform } from "../../../extension/src/server/programFile.js";
import { bundledFiles } from "./bundle.js";
import { readSignature } from "./codeSignature.js";
import { readMachO } from "./machO.js";
import { flavor, bytes as read, target } from "./package.js";
import { readPe } from "./pe.js";

const [system = "", arch] = target.split("-");
const bytes = read();

describe(`the program in the package for ${target}`, () => {
  it("is for its system and its processor", () => {
    const platform = system === "alpine" ? "linux" : system;
    expect(targetPlatform(bytes.subarray(0, 4096))).toEqual({ platform, arch });
  });

  if (flavor === "ready")
    it("has its libraries in itself", () => {
      expect(bundledFiles(bytes)).toBeGreaterThan(20);
    });

  if (flavor === "native")
    it("has no bundle", () => {
      expect(bundledFiles(bytes)).toBeUndefined();
    });

  if (system === "win32")
    it("is a program for a console", () => {
      expect(readPe(bytes)).toEqual({ isProgram: true, is64Bit: true, isConsole: true });
    });
});

if (system === "darwin")
  describe(`the program in the package for ${target}, as macOS reads it`, () => {
    const file = readMachO(bytes);

    it("is a program for macOS 12 and later", () => {
      expect(file).toMatchObject({ isProgram: true, minimumVersion: "12.0" });
    });

    it("loads only libraries of the system", () => {
      expect(file.libraries).toContain("/usr/lib/libSystem.B.dylib");
      expect(file.libraries.filter((name) => !/^\/(usr\/lib|System\/Library)\//.test(name))).toEqual([]);
    });

    // Without a signature, macOS doesn't start programs for arm64.
    it("has a signature that covers all of it", () => {
      if (!file.signature) throw new Error("It has none.");
      const { offset, size } = file.signature;
      expect(offset + size).toBe(bytes.length);
      const { covered, pages, broken } = readSignature(bytes, file.signature);
      expect({ covered, broken }).toEqual({ covered: offset, broken: [] });
      expect(pages).toBeGreaterThan(1_000);
    });
  });
