import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** The server's folders. Each may use those above it, so no two use each other. Project files decide what a project may use. */
const layers = [
  "server/Companion.JsonRpc",
  "server/Companion.Gateway",
  "server/Companion.Gateway/Credentials",
  "server/Companion.Gateway/Network",
  "server/Companion.Gateway/Json",
  "server/Companion.Gateway/Resources",
  "server/Companion.Gateway/Api",
  "server/Companion.Sandbox",
  "server/Companion.Server/Hosting",
  "server/Companion.Server/Language",
  "server/Companion.Server/Changes",
  "server/Companion.Server/Storage",
  "server/Companion.Server/Pacing",
  "server/Companion.Server/Errors",
  "server/Companion.Server/Logging",
  "server/Companion.Server/Environments",
  "server/Companion.Server/Accounts",
  "server/Companion.Server/Sessions",
  "server/Companion.Server/Diagnosing",
  "server/Companion.Server/Rpc",
  "server/Companion.Server",
];
const namespaces = layers.map(namespaceOf);

/** Each source file with its folder. */
const sources = readdirSync(join(root, "server"), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.name.endsWith(".cs"))
  .map((entry) => ({
    folder: relative(root, entry.parentPath).replaceAll("\\", "/"),
    name: entry.name,
    text: readFileSync(join(entry.parentPath, entry.name), "utf8"),
  }));

it("lists every folder of the server", () => {
  expect([...new Set(sources.map(({ folder }) => folder))].sort()).toEqual([...layers].sort());
});

it("gives every file the namespace of its folder", () => {
  const others = sources.filter(({ folder, text }) => {
    const namespace = /^namespace ([\w.]+);/m.exec(text)?.[1];
    return namespace !== undefined && namespace !== namespaceOf(folder);
  });
  expect(others.map(({ folder, name }) => `${folder}/${name}`)).toEqual([]);
});

it("uses only folders above", () => {
  const wrong = sources.flatMap(({ folder, name, text }) => {
    const above = namespaces.slice(0, layers.indexOf(folder) + 1);
    return usingsOf(text)
      .filter((used) => namespaces.includes(used) && !above.includes(used))
      .map((used) => `${folder}/${name} uses ${used}`);
  });
  expect(wrong).toEqual([]);
});

/** The namespaces that a file uses. `using static` and aliases name a type in one. */
function usingsOf(text: string): string[] {
  return [...text.matchAll(/^using (static |\w+ = )?([\w.]+);/gm)].map(([, kind, name = ""]) =>
    kind ? name.slice(0, name.lastIndexOf(".")) : name,
  );
}

function namespaceOf(folder: string): string {
  return folder.replace("server/", "").replaceAll("/", ".");
}
