import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { inRoot, readJson } from "../../extension/scripts/common.mjs";

const files = execFileSync("git", ["ls-files"], { cwd: inRoot(), encoding: "utf8" }).split("\n");
const scripts = Object.keys(readJson(inRoot("package.json")).scripts);

/** The rows of a document's tables whose last column names tests: the first cell, and the last. */
function rows(document: string, heading: RegExp): [what: string, tests: string][] {
  const found: [string, string][] = [];
  let isTable = false;
  for (const line of readFileSync(inRoot(document), "utf8").split("\n")) {
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const last = cells.at(-1) ?? "";
    if (cells.length === 0) isTable = false;
    else if (heading.test(last)) isTable = true;
    else if (isTable && !/^-+$/.test(last)) found.push([String(cells[0]), last]);
  }
  return found;
}

/** The files that a name may mean: a path, the end of one, or a pattern. */
function named(name: string): string[] {
  const pattern = name
    .split("*")
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]*");
  return files.filter((file) => new RegExp(`(^|/)${pattern}$`).test(file));
}

const isTest = (file: string) => /\.test\.ts$|\.e2e\.ts$|^tests\/.*\.cs$|^tests\/[^/]+\.mjs$/.test(file);

describe.each([
  ["SECURITY.md", rows("SECURITY.md", /^Tests$/)],
  ["docs/limits.md", rows("docs/limits.md", /^tests( |$)/)],
  ["docs/json-rpc.md", rows("docs/json-rpc.md", /^Test$/)],
])("each row of %s names the test that shows it", (_, table) => {
  it("has rows", () => {
    expect(table.length).toBeGreaterThan(5);
  });

  it.each(table)("%s", (_, cell) => {
    const quoted = [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => String(name));
    const commands = quoted.filter((name) => name.startsWith("npm run "));
    expect(commands.filter((name) => !scripts.includes(name.slice("npm run ".length)))).toEqual([]);
    const paths = quoted.filter((name) => !commands.includes(name));
    const tests = paths.flatMap(named).filter(isTest);
    expect(paths.filter((name) => named(name).length === 0)).toEqual([]);
    expect(tests.length + commands.length).toBeGreaterThan(0);

    // A title stands in one of them.
    const texts = tests.map((file) => readFileSync(inRoot(file), "utf8"));
    for (const [, title] of cell.matchAll(/"([^"]+)"/g))
      expect(
        texts.some(
          (text) => text.includes(String(title)) || text.includes(String(title).replaceAll(" ", "_")),
        ),
        `${title} in ${tests.map((file) => basename(file))}`,
      ).toBe(true);
  });
});
