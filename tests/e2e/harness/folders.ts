import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { calmSettings, type Settings } from "./settings.ts";

/** What is in a server's folders before it starts. */
export interface Contents {
  /** Settings of the user, laid over {@link calmSettings}. */
  readonly settings?: Settings;
  /** Keys of the user: which command each runs. */
  readonly keybindings?: readonly { readonly key: string; readonly command: string }[];
  /** Files of the workspace folder, by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * The language that VS Code runs in, as it names it: "de"; English unless given. VS Code's own texts stay English, as their
   * translations are in its marketplace only; extensions bring theirs.
   */
  readonly displayLanguage?: string | undefined;
}

/** The folders of one server. All but a `home` of the test's own are in `root`, and go with it. */
export interface Folders {
  readonly root: string;
  readonly home: string;
  readonly userData: string;
  readonly extensions: string;
  readonly workspace: string;
}

/** Those that are not removed yet, should this process be ended in the middle of a test. */
const roots = new Set<string>();
process.once("exit", () => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** @param home a home folder of the test's own, in place of a new one */
export async function createFolders(
  { settings, keybindings = [], files = {}, displayLanguage }: Contents,
  home?: string,
): Promise<Folders> {
  // A short name: user data holds a socket, and a socket's path may have 104 characters.
  const root = await mkdtemp(join(tmpdir(), "e2e-"));
  roots.add(root);
  const folders = {
    root,
    home: home ?? join(root, "home"),
    userData: join(root, "data"),
    extensions: join(root, "extensions"),
    workspace: join(root, "workspace"),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });

  const contents = Object.entries(files).map(
    ([path, text]) => [join(folders.workspace, path), text] as const,
  );
  const settingsText = JSON.stringify({ ...calmSettings, ...settings }, null, 2);
  const settingsEntry = [settingsFile(folders), settingsText] as const;
  const keys = [
    join(dirname(settingsFile(folders)), "keybindings.json"),
    JSON.stringify(keybindings),
  ] as const;
  const config = [configFile(folders), ""] as const;
  const given = [settingsEntry, keys, config, ...languagePack(folders, displayLanguage)];
  for (const [path, text] of [...contents, ...given]) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  return folders;
}

export async function readSettings(folders: Folders): Promise<string> {
  return readFile(settingsFile(folders), "utf8");
}

/** Lays settings over those of the user. */
export async function changeSettings(folders: Folders, changes: Settings): Promise<void> {
  const path = settingsFile(folders);
  const settings = JSON.parse(await readSettings(folders)) as Settings;
  // In one step, so that nobody reads half of it.
  await writeFile(`${path}.new`, JSON.stringify({ ...settings, ...changes }, null, 2));
  await rename(`${path}.new`, path);
}

export async function removeFolders({ root }: Folders): Promise<void> {
  // Killed processes may for a moment still be writing.
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
  roots.delete(root);
}

/** The arguments by which code-server uses these folders and no others. */
export function folderArguments(folders: Folders): string[] {
  const { userData, extensions } = folders;
  return ["--config", configFile(folders), "--user-data-dir", userData, "--extensions-dir", extensions];
}

function settingsFile({ userData }: Folders): string {
  return join(userData, "User", "settings.json");
}

function configFile(folders: Folders): string {
  return join(folders.root, "config.yaml");
}

/** What VS Code writes when a language pack is installed; this one translates nothing. */
function languagePack(
  { root, userData }: Folders,
  language: string | undefined,
): (readonly [string, string])[] {
  if (language === undefined) return [];
  const translation = join(root, "language-pack", "main.i18n.json");
  const extensions = [{ extensionIdentifier: { id: `tests.language-pack-${language}` }, version: "1.0.0" }];
  const pack = { hash: "tests", label: language, extensions, translations: { vscode: translation } };
  return [
    [translation, JSON.stringify({ version: "1.0.0", contents: {} })],
    [join(userData, "languagepacks.json"), JSON.stringify({ [language]: pack })],
  ];
}
