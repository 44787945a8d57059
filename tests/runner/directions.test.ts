import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** The server's folders. Each may use those above it, so no two use each other. Project files decide what a project may use. */
const server = [
  "Companion.JsonRpc",
  "Companion.Gateway",
  "Companion.Gateway/Files",
  "Companion.Gateway/Credentials",
  "Companion.Gateway/Network",
  "Companion.Gateway/Json",
  "Companion.Gateway/Resources",
  "Companion.Gateway/Api",
  "Companion.Sandbox",
  "Companion.Server/Hosting",
  "Companion.Server/Language",
  "Companion.Server/Changes",
  "Companion.Server/Storage",
  "Companion.Server/Scheduling",
  "Companion.Server/Pacing",
  "Companion.Server/Errors",
  "Companion.Server/Logging",
  "Companion.Server/Environments",
  "Companion.Server/Accounts",
  "Companion.Server/Leases",
  "Companion.Server/Bounds",
  "Companion.Server/Planning",
  "Companion.Server/Usage",
  "Companion.Server/Waiting",
  "Companion.Server/Sessions",
  "Companion.Server/Diagnosing",
  "Companion.Server/Rpc",
  "Companion.Server/InProcess",
  "Companion.Server/Mcp",
  "Companion.Server/Cli/Output",
  "Companion.Server/Cli/Parsing",
  "Companion.Server/Cli/Commands",
  "Companion.Server/Cli",
  "Companion.Server",
];

/** The same for the extension's folders, and for the files beside them. */
const extension = [
  "protocol.g.ts",
  "util",
  "errors",
  "log",
  "server",
  "client",
  "settings.ts",
  "state",
  "commands",
  "ui",
  "session",
  "app.ts",
  "runCommand.ts",
  "features/agents",
  "features/log",
  "features/lastWindow",
  "features/presence",
  "features/server",
  "features/terminal",
  "features/unverified",
  "features/waiting",
  "features/walkthrough",
  "features/windows",
  "features/select",
  "features/followUp",
  "features/change",
  "features/disconnect",
  "features/lease",
  "features/idle",
  "features/sandbox",
  "features/signIn",
  "features/connect",
  "features/usage",
  "features/menu",
  "features/statusBar",
  "features/views",
  "features/others",
  "support",
  "lazyClient.ts",
  "lazyServer.ts",
  "lazyCommands.ts",
  "createServer.ts",
  "main.ts",
  "extension.ts",
];

const newFolder = "Add a new folder to the table, below all that it uses.";

interface Source {
  readonly place: string;
  readonly name: string;
  readonly text: string;
}

describe("the server", () => {
  const sources = sourcesIn("server", ".cs");
  const namespaces = server.map(namespaceOf);

  it("has every folder in the table", () => {
    expect(placesOf(sources), newFolder).toEqual([...server].sort());
  });

  it("gives every file the namespace of its folder", () => {
    const others = sources.filter(({ place, text }) => {
      const namespace = /^namespace ([\w.]+);/m.exec(text)?.[1];
      return namespace !== undefined && namespace !== namespaceOf(place);
    });
    expect(others.map(({ place, name }) => `${place}/${name}`)).toEqual([]);
  });

  it("uses only folders above", () => {
    expect(
      wrongUses(sources, server, ({ text }) =>
        usingsOf(text).map((used) => server[namespaces.indexOf(used)]),
      ),
    ).toEqual([]);
  });
});

describe("the extension", () => {
  const sources = sourcesIn("extension/src", ".ts").filter(({ name }) => !name.endsWith(".test.ts"));

  it("has every folder in the table", () => {
    expect(placesOf(sources), newFolder).toEqual([...extension].sort());
  });

  it("uses only folders above", () => {
    expect(wrongUses(sources, extension, importsOf)).toEqual([]);
  });
});

/** Each source file with its place in a table: its folder, or the file itself where it's beside the folders. */
function sourcesIn(folder: string, extension: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.name.endsWith(extension))
    .map((entry) => {
      const inFolder = relative(join(root, folder), entry.parentPath).replaceAll("\\", "/");
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      return { place: inFolder || entry.name, name: entry.name, text };
    });
}

function placesOf(sources: readonly Source[]): string[] {
  return [...new Set(sources.map(({ place }) => place))].sort();
}

function wrongUses(
  sources: readonly Source[],
  table: readonly string[],
  usesOf: (source: Source) => readonly (string | undefined)[],
): string[] {
  return sources.flatMap((source) =>
    usesOf(source)
      .filter((used) => used !== undefined && table.indexOf(used) > table.indexOf(source.place))
      .map((used) => `${source.place}/${source.name} uses ${used}`),
  );
}

/** The namespaces that a file uses. `using static` and aliases name a type in one. */
function usingsOf(text: string): string[] {
  return [...text.matchAll(/^using (static |\w+ = )?([\w.]+);/gm)].map(([, kind, name = ""]) =>
    kind ? name.slice(0, name.lastIndexOf(".")) : name,
  );
}

/** The places of the files that a file imports. */
function importsOf({ place, text }: Source): string[] {
  const folder = place.endsWith(".ts") ? "" : place;
  return [...text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(([, path = ""]) => {
    const target = posix.join(folder, path).replace(/\.js$/, ".ts");
    return target.includes("/") ? posix.dirname(target) : target;
  });
}

function namespaceOf(folder: string): string {
  return folder.replaceAll("/", ".");
}
