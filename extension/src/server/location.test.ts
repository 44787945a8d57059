import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findDotnet } from "./dotnet.js";
import { locateServer } from "./location.js";
import type { Machine } from "./machine.js";
import { isCompatible, targetPlatform } from "./programFile.js";

/** A machine with these files, and links from one path to another. */
function machine(
  files: readonly string[],
  more: Partial<Machine> & { links?: Readonly<Record<string, string>> } = {},
): Machine {
  const platform = more.platform ?? "linux";
  const paths = platform === "win32" ? path.win32 : path.posix;
  const { links = {}, ...rest } = more;
  return {
    platform,
    arch: "x64",
    env: {},
    home: platform === "win32" ? "C:\\Users\\ada" : "/home/ada",
    path: paths,
    isFile: async (file) => files.includes(file) || file in links,
    isExecutable: async () => true,
    head: async () => Buffer.alloc(0),
    firstLine: async () => "",
    list: async (folder) => {
      const below = files.filter((file) => file.startsWith(folder + paths.sep));
      return [...new Set(below.map((file) => file.slice(folder.length + 1).split(paths.sep)[0] ?? ""))];
    },
    realPath: async (file) => links[file] ?? file,
    ...rest,
  };
}

const runtime = (root: string, version: string) =>
  `${root}/shared/Microsoft.NETCore.App/${version}/System.Runtime.dll`;
const installed = (root: string, version = "10.0.1") => [`${root}/dotnet`, runtime(root, version)];
const elf = (machine: number) => bytes([0, 0x464c457f], [18, machine]);
const machO = (processor: number) => bytes([0, 0xfeedfacf], [4, processor]);
const pe = (machine: number) => bytes([0, 0x5a4d], [0x3c, 0x80], [0x84, machine]);

/** A header with 32-bit values at these offsets. */
function bytes(...values: [number, number][]): Buffer {
  const buffer = Buffer.alloc(256);
  for (const [at, value] of values) buffer.writeUInt32LE(value, at);
  return buffer;
}

const bundled = { setting: "", extensionPath: "/ext" };

const bundledOn = (platform: NodeJS.Platform) => ({
  setting: "",
  extensionPath: platform === "win32" ? "C:\\My Extensions\\companion" : "/My Extensions/companion",
});
const inExtension = (platform: NodeJS.Platform, name: string) =>
  (platform === "win32" ? path.win32 : path.posix).join(bundledOn(platform).extensionPath, "server", name);
const nativeOn = (platform: NodeJS.Platform) =>
  inExtension(platform, platform === "win32" ? "companion-server.exe" : "companion-server");

describe("locateServer", () => {
  it("prefers the server from the setting", async () => {
    const all = ["/my/companion-server", "/debug/companion-server", "/ext/server/companion-server"];
    const found = await locateServer(
      { setting: "/my/companion-server", extensionPath: "/ext" },
      machine(all, { env: { COMPANION_SERVER_PATH: "/debug/companion-server" } }),
    );
    expect(found).toEqual({ command: "/my/companion-server", args: [], cwd: "/my" });
  });

  it("prefers the server from the environment to the bundled one", async () => {
    const found = await locateServer(
      bundled,
      machine(
        ["/debug/companion-server.dll", "/ext/server/companion-server", ...installed("/usr/share/dotnet")],
        {
          env: { COMPANION_SERVER_PATH: "/debug/companion-server.dll" },
        },
      ),
    );
    expect(found).toEqual({
      command: "/usr/share/dotnet/dotnet",
      args: ["/debug/companion-server.dll"],
      cwd: "/debug",
    });
  });

  it("prefers the native server to the portable one", async () => {
    const files = [
      "/ext/server/companion-server",
      "/ext/server/companion-server.dll",
      ...installed("/usr/share/dotnet"),
    ];
    expect(await locateServer(bundled, machine(files))).toMatchObject({
      command: "/ext/server/companion-server",
    });
  });

  it("starts the portable one with dotnet", async () => {
    const files = ["/ext/server/companion-server.dll", ...installed("/usr/share/dotnet")];
    expect(await locateServer(bundled, machine(files))).toEqual({
      command: "/usr/share/dotnet/dotnet",
      args: ["/ext/server/companion-server.dll"],
      cwd: "/ext/server",
    });
  });

  it("uses the native server's name on Windows", async () => {
    const files = ["C:\\ext\\server\\companion-server.exe"];
    const found = await locateServer(
      { setting: "", extensionPath: "C:\\ext" },
      machine(files, { platform: "win32" }),
    );
    expect(found.command).toBe("C:\\ext\\server\\companion-server.exe");
  });

  it("explains what to do without .NET", async () => {
    const error = await locateServer(bundled, machine(["/ext/server/companion-server.dll"])).catch((e) => e);
    expect(error.message).toContain("needs the .NET 10 Runtime");
    expect(error.actions).toEqual(["getDotnet", "tryAgain", "showLog"]);
  });

  it.each(["/not/there", "relative/companion-server", "~/companion-server"])(
    "doesn't fall back if the setting is invalid: %s",
    async (setting) => {
      const there = machine(["/ext/server/companion-server", "relative/companion-server"]);
      const error = await locateServer({ setting, extensionPath: "/ext" }, there).catch((e) => e);
      expect(error.message).toContain(setting);
      expect(error.actions).toContain("openSettings");
    },
  );

  it("reports if the extension has no server", async () => {
    const error = await locateServer(bundled, machine([])).catch((e) => e);
    expect(error.message).toContain("missing from the extension's folder");
    expect(error.message).toContain("quarantine");
    expect(error.actions).toContain("tryAgain");
  });

  it.each(["setting", "bundled"])("reports if the server from the %s isn't executable", async (which) => {
    const there = machine(["/ext/server/companion-server"], { isExecutable: async () => false });
    const setting = which === "setting" ? "/ext/server/companion-server" : "";
    const error = await locateServer({ setting, extensionPath: "/ext" }, there).catch((e) => e);
    expect(error.message).toContain("isn't executable");
    expect(error.message).toContain("/ext/server/companion-server");
  });

  it.each<[string, string, NodeJS.Platform, NodeJS.Architecture]>([
    ["linux-x64", "companion-server.exe", "linux", "x64"],
    ["darwin-arm64", "companion-server.exe", "darwin", "arm64"],
    ["win32-arm64", "companion-server", "win32", "arm64"],
  ])("reports a package for another system than %s", async (expected, name, platform, arch) => {
    const there = machine([inExtension(platform, name)], { platform, arch });
    const error = await locateServer(bundledOn(platform), there).catch((e) => e);
    expect(error.message).toContain(`install the one for ${expected}`);
  });

  it.each<[string, NodeJS.Platform, NodeJS.Architecture, Buffer]>([
    ["another system's file", "darwin", "arm64", elf(0xb7)],
    ["another system's file", "win32", "x64", machO(0x01000007)],
    ["macOS on Arm, but the machine has an Intel processor", "darwin", "x64", machO(0x0100000c)],
    ["Windows on Arm, but the machine has an Intel processor", "win32", "x64", pe(0xaa64)],
  ])("reports a program for %s: %s-%s", async (_, platform, arch, program) => {
    const there = machine([nativeOn(platform)], { platform, arch, head: async () => program });
    const error = await locateServer(bundledOn(platform), there).catch((e) => e);
    expect(error.message).toContain(`install the one for ${platform}-${arch}`);
  });

  it.each<[NodeJS.Platform, Buffer]>([
    ["darwin", machO(0x01000007)],
    ["win32", pe(0x8664)],
  ])("starts a program for Intel processors on Arm: %s", async (platform, program) => {
    const file = nativeOn(platform);
    const there = machine([file], { platform, arch: "arm64", head: async () => program });
    expect(await locateServer(bundledOn(platform), there)).toMatchObject({ command: file, args: [] });
  });

  it.each<NodeJS.Platform>(["darwin", "win32"])("reports a server that's gone: %s", async (platform) => {
    const there = machine([inExtension(platform, "README.md")], { platform });
    const error = await locateServer(bundledOn(platform), there).catch((e) => e);
    expect(error.message).toContain("quarantine");
  });

  it.each<[string, string]>([
    ["a drive", "D:\\My Tools\\companion-server.exe"],
    ["a share", "\\\\files\\tools\\companion-server.exe"],
  ])("takes a path on %s", async (_, setting) => {
    const there = machine([setting], { platform: "win32" });
    const found = await locateServer({ setting, extensionPath: "C:\\ext" }, there);
    expect(found).toMatchObject({ command: setting, args: [] });
  });

  it("reports a package for another processor", async () => {
    const there = machine(["/ext/server/companion-server"], { arch: "arm64", head: async () => elf(0x3e) });
    const error = await locateServer(bundled, there).catch((e) => e);
    expect(error.message).toContain("install the one for linux-arm64");
  });
});

describe("targetPlatform", () => {
  it("reads the system and the processor from the first bytes", () => {
    expect(targetPlatform(elf(0x3e))).toEqual({ platform: "linux", arch: "x64" });
    expect(targetPlatform(elf(0xb7))).toEqual({ platform: "linux", arch: "arm64" });
    expect(targetPlatform(machO(0x0100000c))).toEqual({ platform: "darwin", arch: "arm64" });
    expect(targetPlatform(pe(0x8664))).toEqual({ platform: "win32", arch: "x64" });
    expect(targetPlatform(elf(0xf3))).toBeUndefined();
    expect(targetPlatform(Buffer.from("#!/bin/sh\n".padEnd(100)))).toBeUndefined();
    expect(targetPlatform(Buffer.alloc(0))).toBeUndefined();
  });

  it("recognizes this process's own program", () => {
    const head = readFileSync(process.execPath).subarray(0, 4096);
    expect(targetPlatform(head)).toEqual({ platform: process.platform, arch: process.arch });
  });

  it("allows translated programs on macOS and Windows, but not on Linux", () => {
    const arm = (platform: string) => ({ platform, arch: "arm64" });
    expect(isCompatible({ platform: "darwin", arch: "x64" }, arm("darwin"))).toBe(true);
    expect(isCompatible({ platform: "win32", arch: "x64" }, arm("win32"))).toBe(true);
    expect(isCompatible({ platform: "linux", arch: "x64" }, arm("linux"))).toBe(false);
    expect(isCompatible({ platform: "darwin", arch: "arm64" }, { platform: "darwin", arch: "x64" })).toBe(
      false,
    );
  });
});

describe("findDotnet", () => {
  it("checks the registered location before the default ones", async () => {
    const files = [...installed("/registered"), ...installed("/usr/share/dotnet")];
    const firstLine = async (file: string) => (file === "/etc/dotnet/install_location" ? "/registered" : "");
    expect(await findDotnet(machine(files, { firstLine }))).toBe("/registered/dotnet");
  });

  it("checks DOTNET_ROOT, then PATH, then the default locations", async () => {
    const files = ["/root", "/path", "/usr/share/dotnet"].flatMap((root) => installed(root));
    const env = { DOTNET_ROOT: "/root", PATH: "/bin:/path" };
    expect(await findDotnet(machine(files, { env }))).toBe("/root/dotnet");
    expect(await findDotnet(machine(files, { env: { PATH: env.PATH } }))).toBe("/path/dotnet");
    expect(await findDotnet(machine(files))).toBe("/usr/share/dotnet/dotnet");
  });

  it("follows a link on PATH to the runtimes", async () => {
    const files = installed("/usr/lib/dotnet");
    const links = { "/usr/bin/dotnet": "/usr/lib/dotnet/dotnet" };
    expect(await findDotnet(machine(files, { links, env: { PATH: "/usr/bin" } }))).toBe("/usr/bin/dotnet");
  });

  it.each(["8.0.11", "9.0.1", "11.0.0", "10.0.0-rc.1.25451.107", "100.0.1"])(
    "skips one that only has %s",
    async (version) => {
      const files = [...installed("/root", version), ...installed("/usr/share/dotnet")];
      expect(await findDotnet(machine(files, { env: { DOTNET_ROOT: "/root" } }))).toBe(
        "/usr/share/dotnet/dotnet",
      );
    },
  );

  it("ignores relative folders", async () => {
    const files = [
      ...installed("."),
      ...installed("tools"),
      "dotnet",
      "shared/Microsoft.NETCore.App/10.0.0/x",
    ];
    expect(
      await findDotnet(machine(files, { env: { PATH: ".:tools::", DOTNET_ROOT: "tools" } })),
    ).toBeUndefined();
  });

  it("knows the default locations of Windows and macOS", async () => {
    const windows = [
      "C:\\Program Files\\dotnet\\dotnet.exe",
      "C:\\Program Files\\dotnet\\shared\\Microsoft.NETCore.App\\10.0.1\\x.dll",
    ];
    const env = { ProgramFiles: "C:\\Program Files" };
    expect(await findDotnet(machine(windows, { platform: "win32", env }))).toBe(windows[0]);
    const mac = installed("/usr/local/share/dotnet");
    expect(await findDotnet(machine(mac, { platform: "darwin", arch: "arm64" }))).toBe(mac[0]);
  });
});
