import { cp } from "node:fs/promises";
import { cleanEnvironment } from "./environment.ts";
import { createFolders, folderArguments } from "./folders.ts";
import { type CodeServerInstall, launch, succeeded } from "./launch.ts";

/** Folders with installed extensions by their VSIX paths, because copying is faster than installing. */
const installed = new Map<string, Promise<string>>();

/**
 * Copies installed extensions into an empty folder.
 * @throws {Error} with the output of code-server, if an install fails
 */
export async function installExtensions(
  install: CodeServerInstall,
  vsix: readonly string[],
  folder: string,
): Promise<void> {
  if (vsix.length === 0) return;
  const key = vsix.join("\n");
  const template = installed.get(key) ?? installOnce(install, vsix);
  installed.set(key, template);
  await cp(await template, folder, { recursive: true });
}

async function installOnce(install: CodeServerInstall, vsix: readonly string[]): Promise<string> {
  const folders = await createFolders({});
  const options = { env: cleanEnvironment(folders.home, { EXTENSIONS_GALLERY: "{}" }), cwd: folders.root };
  for (const file of vsix) {
    const args = [...folderArguments(folders), "--install-extension", file, "--force"];
    await succeeded(await launch(install, args, options));
  }
  return folders.extensions;
}
