// @ts-check
/**
 * The bill of materials of the package, in CycloneDX 1.6: the npm packages of which something is in a bundle, by what the bundler says;
 * the NuGet packages of the product with what they need, and the .NET that is linked into the server, by what the build restored.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inRoot, readJson, version } from "./common.mjs";

/** @typedef {{ type: string, name: string, version: string, purl: string, "bom-ref": string, [more: string]: unknown }} Component */

/**
 * Makes it.
 * @param {string} assets the `project.assets.json` of the build: what NuGet restored for it
 * @param {string | undefined} server the folder of the server, where its assemblies are files of their own: only what is there counts
 * @returns {string} the document, the same for the same packages
 */
export function billOfMaterials(assets, server) {
  const components = [...npmComponents(), ...nugetComponents(readJson(assets), server)];
  const bom = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": "companion",
        name: "companion",
        version: version(),
        licenses: [{ license: { id: "MIT" } }],
      },
    },
    components,
    dependencies: [{ ref: "companion", dependsOn: components.map((component) => component["bom-ref"]) }],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/** @returns {Component[]} */
function npmComponents() {
  const inputs = Object.keys(readJson(inRoot("extension", "dist", "meta.json")));
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  const { packages } = readJson(inRoot("package-lock.json"));
  return [...folders].sort().map((folder) => {
    // Relative to the extension's folder, as the bundler names it; the lock file's keys are relative to the root.
    const key = folder.replace(/^(\.\.\/)+/, "");
    const found = packages[key] ?? packages[`extension/${key}`];
    const name = key.slice(key.lastIndexOf("node_modules/") + "node_modules/".length);
    if (!found) throw new Error(`${folder} is in a bundle and not in package-lock.json.`);
    const purl = `pkg:npm/${name.replace("@", "%40")}@${found.version}`;
    const [algorithm, hash] = String(found.integrity).split("-", 2);
    return {
      type: "library",
      "bom-ref": purl,
      name,
      version: found.version,
      purl,
      licenses: [{ license: { id: found.license } }],
      hashes: [
        {
          alg: String(algorithm).replace("sha", "SHA-"),
          content: Buffer.from(String(hash), "base64").toString("hex"),
        },
      ],
    };
  });
}

/**
 * @typedef {object} Assets
 * @property {Record<string, unknown>} packageFolders
 * @property {Record<string, { type: string, sha512: string }>} libraries
 * @property {Record<string, Record<string, { dependencies?: Record<string, string>, runtime?: Record<string, unknown> }>>} targets
 * @property {{ frameworks: Record<string, { downloadDependencies?: { name: string, version: string }[] }> }} project
 */

/** @param {Assets} assets @param {string | undefined} folder @returns {Component[]} */
function nugetComponents(assets, folder) {
  const [restored = {}] = Object.values(assets.targets);
  const versions = new Map(Object.keys(assets.libraries).map((library) => splitAt(library, "/")));
  const needed = new Set(productPackages());
  for (const name of needed)
    for (const other of Object.keys(restored[`${name}/${versions.get(name)}`]?.dependencies ?? {}))
      needed.add(other);
  const isShipped = (/** @type {string} */ assembly) =>
    assembly.endsWith(".dll") && (!folder || existsSync(join(folder, basename(assembly))));
  const packages = [...versions].filter(
    ([name, found]) =>
      needed.has(name) && Object.keys(restored[`${name}/${found}`]?.runtime ?? {}).some(isShipped),
  );
  return [...packages, ...(folder ? [] : [linkedRuntime(assets)])]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, found]) => nugetComponent(assets, name, found));
}

/**
 * The pack whose runtime and libraries are in the program. Machine code is linked with the libraries of its own pack, which came with
 * the compiler before .NET 10; a program of one file has those of the ordinary one.
 * @param {Assets} assets
 * @returns {[name: string, version: string]}
 */
export function linkedRuntime({ project }) {
  const packs = Object.values(project.frameworks).flatMap(
    ({ downloadDependencies = [] }) => downloadDependencies,
  );
  for (const name of [
    /^Microsoft\.NETCore\.App\.Runtime\.NativeAOT\./,
    /^runtime\..+\.Microsoft\.DotNet\.ILCompiler$/,
    /^Microsoft\.NETCore\.App\.Runtime\./,
  ]) {
    const pack = packs.find((candidate) => name.test(candidate.name));
    if (pack) return [pack.name, String(/^\[([^,\]]+)/.exec(pack.version)?.[1])];
  }
  throw new Error("The build restored no runtime: what is linked into the server?");
}

/** @param {Assets} assets @param {string} name @param {string} found @returns {Component} */
function nugetComponent({ packageFolders }, name, found) {
  const folder = Object.keys(packageFolders)
    .map((root) => join(root, name.toLowerCase(), found))
    .find((path) => existsSync(path));
  if (!folder) throw new Error(`${name} ${found} was restored and is not there.`);
  const nuspec = readFileSync(join(folder, `${name.toLowerCase()}.nuspec`), "utf8");
  const licence = /<license type="expression">([^<]+)</.exec(nuspec)?.[1];
  const { contentHash } = readJson(join(folder, ".nupkg.metadata"));
  const purl = `pkg:nuget/${name}@${found}`;
  return {
    type: /\.Runtime\.|ILCompiler/.test(name) ? "framework" : "library",
    "bom-ref": purl,
    name,
    version: found,
    purl,
    ...(licence && { licenses: [{ expression: licence }] }),
    hashes: [{ alg: "SHA-512", content: Buffer.from(contentHash, "base64").toString("hex") }],
  };
}

/** @param {string} text @param {string} separator @returns {[string, string]} */
function splitAt(text, separator) {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The names of the packages that the product itself asks for; the others are analyzers and tests. */
function productPackages() {
  const props = readFileSync(inRoot("Directory.Packages.props"), "utf8");
  const product = /<ItemGroup Label="Product">([\s\S]*?)<\/ItemGroup>/.exec(props)?.[1] ?? "";
  return [...product.matchAll(/Include="([^"]+)"/g)].map(([, name]) => String(name));
}
