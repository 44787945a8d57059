// @ts-check
/**
 * The bill of materials of the package, in CycloneDX 1.6: the npm packages of which something is in a bundle, by what the bundler says,
 * and the NuGet packages of the product with what they need; versions and hashes are those of the lock files.
 */
import { existsSync, readFileSync } from "node:fs";
import { inRoot, readJson, version } from "./common.mjs";

/** @typedef {{ type: string, name: string, version: string, purl: string, "bom-ref": string, [more: string]: unknown }} Component */

/**
 * Makes it.
 * @param {string | undefined} server the folder of the server, where its assemblies are files of their own: only what is there counts
 * @returns {string} the document, the same for the same lock files
 */
export function billOfMaterials(server) {
  const components = [...npmComponents(), ...nugetComponents(server)];
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

/** @param {string | undefined} folder @returns {Component[]} */
function nugetComponents(folder) {
  const { dependencies } = readJson(inRoot("server", "Companion.Server", "packages.lock.json"));
  /** @type {Record<string, { resolved: string, contentHash: string, dependencies?: Record<string, string> }>} */
  const locked = dependencies["net10.0"];
  const needed = new Set(productPackages());
  for (const name of needed)
    for (const other of Object.keys(locked[name]?.dependencies ?? {})) needed.add(other);
  return Object.entries(locked)
    .filter(([name]) => needed.has(name) && (!folder || existsSync(`${folder}/${name}.dll`)))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, found]) => {
      const purl = `pkg:nuget/${name}@${found.resolved}`;
      return {
        type: "library",
        "bom-ref": purl,
        name,
        version: found.resolved,
        purl,
        hashes: [{ alg: "SHA-512", content: Buffer.from(found.contentHash, "base64").toString("hex") }],
      };
    });
}

/** The names of the packages that the product itself asks for; the others are analyzers and tests. */
function productPackages() {
  const props = readFileSync(inRoot("Directory.Packages.props"), "utf8");
  const product = /<ItemGroup Label="Product">([\s\S]*?)<\/ItemGroup>/.exec(props)?.[1] ?? "";
  return [...product.matchAll(/Include="([^"]+)"/g)].map(([, name]) => String(name));
}
