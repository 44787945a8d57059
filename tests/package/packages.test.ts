import { existsSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { isNative, programName } from "../../extension/scripts/flavors.mjs";
import { vsixPath } from "../../extension/scripts/package.mjs";
import { serverBudget, targets } from "../../extension/scripts/targets.mjs";
import { readZip } from "./zip.js";

const packages = targets
  .map((target) => ({ target, path: vsixPath(target.name) }))
  .filter(({ path }) => existsSync(path))
  .map(({ target, path }) => {
    const entries = readZip(path);
    return {
      name: basename(path),
      target,
      entries,
      server: entries.filter(({ name }) => name.startsWith("extension/server/")),
    };
  });

describe("the packages that were built", () => {
  it("are there", () => {
    expect(packages).not.toEqual([]);
  });

  describe.each(packages)("$name", ({ target, entries, server }) => {
    const names = server.map(({ name }) => name.slice("extension/server/".length));
    const program = programName("companion-server", target.rid);

    const find = (name: string) => server.find((entry) => entry.name === `extension/server/${name}`);
    const isWindows = target.name.startsWith("win32");
    const commands = ["companion", "companion.cmd"].filter(
      (name) => !target.rid || name.endsWith(".cmd") === isWindows,
    );

    it("holds one flavour of the server, what it needs alone, and the command line's own name", () => {
      if (target.rid) expect(names.sort()).toEqual([...commands, program].sort());
      else expect(names).toContain("companion-server.dll");
      if (!target.rid) expect(names.filter((name) => !/\.(dll|json)$/.test(name)).sort()).toEqual(commands);
    });

    if (!isWindows)
      it("keeps its programs executable", () => {
        for (const name of target.rid ? [program, "companion"] : ["companion"])
          expect((find(name)?.mode ?? 0) & 0o111).toBe(0o111);
      });

    it("has a server within its size", () => {
      const flavor = target.rid ? (isNative(find(program)?.size ?? 0) ? "native" : "ready") : "portable";
      const zipped = server.reduce((sum, { compressed }) => sum + compressed, 0);
      expect(zipped).toBeLessThanOrEqual(serverBudget[flavor]);
    });

    it("has a bill of what is in it: names, versions, licences, where each comes from, and the .NET that is linked in", () => {
      const bill = JSON.parse(entries.find(({ name }) => name === "extension/sbom.cdx.json")?.text() ?? "{}");
      expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6" });
      const components: {
        purl: string;
        type: string;
        licenses: { expression?: string; license?: { id: string } }[];
      }[] = bill.components;
      for (const { purl, licenses } of components) {
        expect(purl).toMatch(/^pkg:(npm|nuget)\/[^@]+@\d+\.\d+\.\d+/);
        expect(licenses.map(({ expression, license }) => expression ?? license?.id)).toEqual([
          expect.any(String),
        ]);
      }
      const has = (name: RegExp) => components.some(({ purl }) => name.test(purl));
      expect(has(/npm\/vscode-languageclient@/)).toBe(true);
      expect(has(/nuget\/Polly\.Core@/)).toBe(true);
      const native = isNative(find(program)?.size ?? 0)
        ? /nuget\/(Microsoft\.NETCore\.App\.Runtime\.NativeAOT|runtime\.)/
        : /nuget\/Microsoft\.NETCore\.App\.Runtime\./;
      expect(has(native)).toBe(Boolean(target.rid));
      expect(components.filter(({ type }) => type === "framework")).toHaveLength(target.rid ? 1 : 0);
    });

    it("has the extension, and nothing of the workspace", () => {
      const others = entries.map(({ name }) => name).filter((name) => !name.startsWith("extension/server/"));
      expect(others).toContain("extension/dist/extension.js");
      expect(others.filter((name) => /node_modules|\.ts$|\.map$|\.test\./.test(name))).toEqual([]);
    });
  });
});
