import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { calmSettings, type Settings } from "./settings.ts";

/** The content of a server's folders before the start. */
export interface Contents {
  /** User settings in addition to {@link calmSettings}. */
  readonly settings?: Settings;
  /** Keyboard shortcuts of the user. */
  readonly keybindings?: readonly { readonly key: string; readonly command: string }[];
  /** Files of the workspace folder by relative path. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * VS Code's display language, such as "de". English by default. VS Code's own texts stay English, because its
   * translations are only in the Marketplace. Extensions include theirs.
   */
  readonly displayLanguage?: string | undefined;
}

/** The folders of one server. All of them are in `root` and removed with it, except for a `home` from the test. */
export interface Folders {
  readonly root: string;
  readonly home: string;
  readonly userData: string;
  readonly extensions: string;
  readonly workspace: string;
}

/** Folders that still have to be removed, in case this process ends during a test. */
const roots = new Set<string>();
process.once("exit", () => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

/** @param home a home folder from the test */
export async function createFolders(contents: Contents, home?: string): Promise<Folders> {
  // A short name, because a socket path in user data can have at most 104 characters.
  const root = await mkdtemp(join(tmpdir(), "e2e-"));
  roots.add(root);
  const folders = {
    root,
    home: home ?? join(root, "home"),
    userData: join(root, "data"),
    extensions: join(root, "extensions"),
    workspace: join(root, "workspace"),
  };
  await fill(folders, contents);
  return folders;
}

/** Removes what a user and their extensions have left in the folders, except for extensions, and fills them again. */
export async function refillFolders(folders: Folders, contents: Contents): Promise<void> {
  const { home, userData, workspace } = folders;
  const logs = join(userData, "logs");
  const sessions = (await readdir(logs)).map((session) => join(logs, session));
  const windows = (await Promise.all(sessions.map(children)))
    .flat()
    .filter((path) => /exthost\d+$/.test(path));
  const left = [
    ...(await children(home)),
    ...(await children(workspace)),
    join(userData, "User"),
    ...windows,
  ];
  for (const path of left) await rm(path, { recursive: true, force: true, maxRetries: 5 });
  await fill(folders, contents);
}

async function children(folder: string): Promise<string[]> {
  return (await readdir(folder)).map((name) => join(folder, name));
}

async function fill(
  folders: Folders,
  { settings, keybindings = [], files = {}, displayLanguage }: Contents,
): Promise<void> {
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const inWorkspace = Object.entries(files).map(
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
  for (const [path, text] of [...inWorkspace, ...given]) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

export async function readSettings(folders: Folders): Promise<string> {
  return readFile(settingsFile(folders), "utf8");
}

/** Merges settings into the user's. */
export async function changeSettings(folders: Folders, changes: Settings): Promise<void> {
  const path = settingsFile(folders);
  const settings = JSON.parse(await readSettings(folders)) as Settings;
  // Atomically, so that it's never read incomplete.
  await writeFile(`${path}.new`, JSON.stringify({ ...settings, ...changes }, null, 2));
  await rename(`${path}.new`, path);
}

export async function removeFolders({ root }: Folders): Promise<void> {
  // Killed processes can still write for a moment.
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
  roots.delete(root);
}

/** Returns the arguments that make code-server use only these folders. */
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

/** What VS Code writes when a language pack is installed. This one translates nothing. */
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
