import type { Machine } from "./machine.js";

/** Released runtimes only: an app for 10.0 doesn't run on a preview. */
const runtimeVersion = /^10\.\d+\.\d+$/;

/**
 * Finds a `dotnet` with the .NET 10 Runtime in `DOTNET_ROOT`, PATH, the location that its installer registered, and
 * the platform's default locations. Only reads files and starts nothing.
 */
export async function findDotnet(machine: Machine): Promise<string | undefined> {
  const { path } = machine;
  const name = machine.platform === "win32" ? "dotnet.exe" : "dotnet";
  for (const folder of await candidates(machine)) {
    if (!path.isAbsolute(folder)) continue; // a relative path would be resolved in the open folder
    const file = path.join(folder, name);
    if (!(await machine.isFile(file))) continue;
    // PATH often has only a link; the runtimes are next to the real file
    const real = await machine.realPath(file);
    const runtimes = await machine.list(path.join(path.dirname(real), "shared", "Microsoft.NETCore.App"));
    if (runtimes.some((version) => runtimeVersion.test(version))) return file;
  }
  return undefined;
}

async function candidates(machine: Machine): Promise<string[]> {
  const { env, path, arch } = machine;
  const roots = [env[`DOTNET_ROOT_${arch.toUpperCase()}`], env.DOTNET_ROOT];
  const searched = (env.PATH ?? env.Path ?? "").split(path.delimiter);
  const registered =
    machine.platform === "win32"
      ? [] // registered in the registry, which can't be read as a file
      : await Promise.all(
          [`_${arch}`, ""].map((of) => machine.firstLine(`/etc/dotnet/install_location${of}`)),
        );
  return [...roots, ...searched, ...registered, ...defaultLocations(machine)].flatMap(
    (folder) => folder || [],
  );
}

function defaultLocations({ platform, arch, env, home, path }: Machine): (string | undefined)[] {
  const own = path.join(home, ".dotnet");
  switch (platform) {
    case "win32":
      return [
        env.ProgramFiles && path.join(env.ProgramFiles, "dotnet"),
        env.LOCALAPPDATA && path.join(env.LOCALAPPDATA, "Microsoft", "dotnet"),
        own,
      ];
    case "darwin": {
      const installed = "/usr/local/share/dotnet";
      const translated = arch === "x64" ? [`${installed}/x64`] : [];
      return [
        ...translated,
        installed,
        "/opt/homebrew/opt/dotnet/libexec",
        "/usr/local/opt/dotnet/libexec",
        own,
      ];
    }
    default:
      return [
        "/usr/share/dotnet",
        "/usr/lib/dotnet",
        "/usr/lib64/dotnet",
        "/opt/dotnet",
        "/snap/dotnet/current",
        own,
      ];
  }
}
