import * as l10n from "@vscode/l10n";
import { UserError } from "../errors/userError.js";
import type { Program } from "./client.js";
import { findDotnet } from "./dotnet.js";
import type { Machine } from "./machine.js";
import { isCompatible, targetPlatform } from "./programFile.js";

/** Where to find a server besides in the extension. */
export interface ServerChoice {
  /** The `companion.server.path` setting. Empty if it isn't set. */
  readonly setting: string;
  readonly extensionPath: string;
}

/** The variable that a debug session sets to its server. */
export const serverPathVariable = "COMPANION_SERVER_PATH";

/**
 * Finds the program to start: from the setting, the environment variable, or the extension. Prefers a native program
 * to the portable one, which needs a runtime.
 * @throws {UserError} if there's none
 */
export async function locateServer(choice: ServerChoice, machine: Machine): Promise<Program> {
  const { path } = machine;
  if (choice.setting !== "") {
    const missing = l10n.t("Couldn't find the server set in companion.server.path: {0}", choice.setting);
    return explicit(choice.setting, machine, new UserError(missing, ["openSettings", "showLog"]));
  }
  const variable = machine.env[serverPathVariable];
  if (variable) {
    const missing = l10n.t("Couldn't find the server set in {0}: {1}", serverPathVariable, variable);
    return explicit(variable, machine, new UserError(missing, ["showLog"]));
  }
  const folder = path.join(choice.extensionPath, "server");
  const native = path.join(
    folder,
    machine.platform === "win32" ? "companion-server.exe" : "companion-server",
  );
  if (await machine.isFile(native)) return runnable(native, machine);
  const portable = path.join(folder, "companion-server.dll");
  if (await machine.isFile(portable)) return onDotnet(portable, machine);
  throw await missing(folder, machine);
}

/** Checks that a program can run on this machine. */
async function runnable(file: string, machine: Machine): Promise<Program> {
  const made = targetPlatform(await machine.head(file));
  if (made && !isCompatible(made, machine)) throw wrongPlatformError(machine);
  if (!(await machine.isExecutable(file)))
    throw new UserError(
      l10n.t(
        "Companion's server isn't executable. Run chmod +x on it, or reinstall the extension: {0}",
        file,
      ),
      ["tryAgain", "showLog"],
    );
  return { command: file, args: [], cwd: machine.path.dirname(file) };
}

async function missing(folder: string, machine: Machine): Promise<UserError> {
  const there = await machine.list(folder);
  if (there.some((name) => /^companion-server(\.exe)?$/.test(name))) return wrongPlatformError(machine);
  return new UserError(
    l10n.t(
      "Companion's server is missing from the extension's folder. Antivirus software might have quarantined it. Restore it, or reinstall the extension.",
    ),
    ["tryAgain", "showLog"],
  );
}

function wrongPlatformError({ platform, arch }: Machine): UserError {
  return new UserError(
    l10n.t(
      "This Companion package is for another platform. Uninstall it, and then install the one for {0}.",
      `${platform}-${arch}`,
    ),
    ["showLog"],
  );
}

async function explicit(file: string, machine: Machine, missing: UserError): Promise<Program> {
  // A relative path would be resolved in the open folder.
  if (!machine.path.isAbsolute(file) || !(await machine.isFile(file))) throw missing;
  if (file.toLowerCase().endsWith(".dll")) return onDotnet(file, machine);
  return runnable(file, machine);
}

async function onDotnet(file: string, machine: Machine): Promise<Program> {
  const dotnet = await findDotnet(machine);
  if (dotnet) return { command: dotnet, args: [file], cwd: machine.path.dirname(file) };
  throw new UserError(
    l10n.t(
      "Companion needs the .NET 10 Runtime, but couldn't find it on this machine. Install it and try again. If it's installed in a custom location, set the DOTNET_ROOT environment variable to its folder and restart VS Code.",
    ),
    ["getDotnet", "tryAgain", "showLog"],
  );
}
