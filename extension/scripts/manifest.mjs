// @ts-check
/** Puts the commands of the table in src/commands/commands.ts and the tools for agents into the manifest, and their titles into its texts. */
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { inRoot, readJson } from "./common.mjs";
import { manifestTextsPath } from "./l10n.mjs";

/** @import * as Table from "../src/commands/commands.js" */

/** Replaces `l10n.t` with the English text. @type {import("esbuild").Plugin} */
const english = {
  name: "english",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@vscode\/l10n$/ }, () => ({ path: "l10n", namespace: "english" }));
    onLoad({ filter: /./, namespace: "english" }, () => ({ contents: "export const t = (text) => text;" }));
  },
};

/** @returns {Promise<typeof Table>} */
async function loadTable() {
  const { outputFiles } = await build({
    entryPoints: [inRoot("extension", "src", "commands", "commands.ts")],
    bundle: true,
    format: "esm",
    platform: "node",
    plugins: [english],
    write: false,
  });
  const [{ contents }] = /** @type {[import("esbuild").OutputFile]} */ (outputFiles);
  return import(`data:text/javascript;base64,${Buffer.from(contents).toString("base64")}`);
}

/** The manifest and its English texts, and what they should contain. */
export async function manifestFiles() {
  const { commandNames, commands, enablementOf, idOf } = await loadTable();
  const manifestPath = inRoot("extension", "package.json");
  const manifest = readJson(manifestPath);
  manifest.contributes.commands = commandNames.map((name) => ({
    category: "Companion",
    command: idOf(name),
    title: `%command.${name}%`,
    icon: `$(${commands[name].icon})`,
    ...(enablementOf(name) && { enablement: enablementOf(name) }),
  }));

  const { tools } = readJson(inRoot("protocol", "tools.json"));
  manifest.contributes.languageModelTools = tools.map((/** @type {any} */ tool) => ({
    name: `companion_${tool.name}`,
    displayName: `%tool.${tool.name}%`,
    modelDescription: tool.description,
    toolReferenceName: `companion${tool.name.replaceAll(/(?:^|_)(.)/g, (/** @type {string} */ _, /** @type {string} */ first) => first.toUpperCase())}`,
    canBeReferencedInPrompt: true,
    icon: "$(vm-connect)",
    tags: ["companion"],
    inputSchema: tool.inputSchema,
  }));

  const texts = Object.entries(readJson(manifestTextsPath()));
  const titles = [
    ...commandNames.map((name) => [`command.${name}`, commands[name].title()]),
    ...tools.map((/** @type {any} */ { name, title }) => [`tool.${name}`, title]),
  ];
  const first = texts.findIndex(([key]) => key.startsWith("command."));
  const others = texts.slice(first).filter(([key]) => !/^(command|tool)\./.test(key));
  return [
    file(manifestPath, manifest),
    file(manifestTextsPath(), Object.fromEntries([...texts.slice(0, first), ...titles, ...others])),
  ];
}

/** @param {string} path @param {object} json */
const file = (path, json) => ({ file: pathToFileURL(path), content: `${JSON.stringify(json, null, 2)}\n` });
