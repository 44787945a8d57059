// @ts-check
/**
 * npm run l10n: updates the translations. New texts are empty, which a test rejects until they're translated. Unused
 * texts are removed.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { getL10nJson } from "@vscode/l10n-dev";
import { inRoot, readJson } from "./common.mjs";

/** The languages besides English, in VS Code's terms. */
export const languages = ["de"];

const sources = inRoot("extension", "src");

/** @typedef {Record<string, string>} Texts */

/** @param {string} language */
export const bundlePath = (language) => inRoot("extension", "l10n", `bundle.l10n.${language}.json`);

/** @param {string} [language] English, unless another is given */
export const manifestTextsPath = (language) =>
  inRoot("extension", language ? `package.nls.${language}.json` : "package.nls.json");

/** The sources that run in VS Code, without tests and type definitions. */
export function sourceFiles() {
  return readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.test|\.g)\.ts$/.test(name))
    .map((name) => ({ name, contents: readFileSync(`${sources}/${name}`, "utf8") }));
}

/**
 * Returns every English text that's passed to `l10n.t`, by its key: the text, or text/comment if it has one.
 * @returns {Promise<Texts>}
 */
export async function usedTexts() {
  const scripts = sourceFiles().map(({ contents }) => ({ extension: ".ts", contents }));
  const found = Object.entries(await getL10nJson(scripts));
  return Object.fromEntries(
    found.map(([key, value]) => [key, typeof value === "string" ? value : value.message]),
  );
}

/**
 * Returns the translation with exactly these keys.
 * @param {Texts} translation
 * @param {readonly string[]} keys
 * @returns {Texts}
 */
const fitted = (translation, keys) => Object.fromEntries(keys.map((key) => [key, translation[key] ?? ""]));

/** Sorts a bundle by code unit, so that additions rarely conflict. @param {Texts} texts */
export const inOrder = (texts) => Object.keys(texts).sort();

/** @param {string} path @param {Texts} texts */
const write = (path, texts) => writeFileSync(path, `${JSON.stringify(texts, null, 2)}\n`);

async function main() {
  const used = inOrder(await usedTexts());
  const manifest = Object.keys(readJson(manifestTextsPath()));
  for (const language of languages) {
    for (const [path, keys] of /** @type {const} */ ([
      [bundlePath(language), used],
      [manifestTextsPath(language), manifest],
    ])) {
      const texts = fitted(readJson(path), keys);
      write(path, texts);
      const open = keys.filter((key) => texts[key] === "");
      for (const key of open) console.log(`${path}: to be translated: ${key}`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
