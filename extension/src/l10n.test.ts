import * as l10n from "@vscode/l10n";
import { afterEach, describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { inRoot, readJson } from "../scripts/common.mjs";
import {
  bundlePath,
  inOrder,
  languages,
  manifestTextsPath,
  sourceFiles,
  usedTexts,
} from "../scripts/l10n.mjs";
import { confirmed, observed } from "../test/views.js";
import { statusBarContent } from "./features/statusBar/content.js";
import { timesIn } from "./util/times.js";

type Texts = Record<string, string>;

/** Texts that are the same in the other language, after a check. */
const same: Readonly<Record<string, ReadonlySet<string>>> = {
  de: new Set([
    "OK",
    "1 GPU",
    "{0} GPUs",
    "Offline",
    "Offline, {0}? ({1})",
    "{0}? ({1})",
    "Proxy",
    "{0} KB",
    "{0} s",
    "(Sandbox)",
    "Companion",
    "Details",
    "GPUs",
    "Hosts",
    "Ranks",
    "1 GPU",
    "{0} GPUs",
    "{0} × {1}",
    "Sandbox",
    "Zone",
    "{0}: {1}",
    "{0}: {1}? ({2})",
    "{0}: Offline",
    "{0}: Offline, {1}? ({2})",
    "{0} → {1}",
    "{0}, {1}",
    "{0}, {1} (≈ {2})",
  ]),
};

/** What a translation must share with its text: placeholders, code, links, and the ending. */
function shape(text: string): unknown {
  return {
    placeholders: (text.match(/\{\d+\}/g) ?? []).sort(),
    links: (text.match(/\]\([^)]+\)/g) ?? []).sort(),
    code: (text.match(/`[^`]+`/g) ?? []).sort(),
    end: /[….?:]?$/.exec(text)?.[0],
  };
}

function expectTranslated(language: string, english: Texts, translated: Texts): void {
  const missing = Object.keys(english).filter((key) => !translated[key]?.trim());
  expect(missing, "not translated: npm run l10n adds them").toEqual([]);
  const stale = Object.keys(translated).filter((key) => !(key in english));
  expect(stale, "unused: npm run l10n removes them").toEqual([]);
  for (const [key, text] of Object.entries(english)) {
    expect(shape(translated[key] ?? ""), `${language}, ${key}`).toEqual(shape(text));
  }
  const copied = Object.keys(english).filter((key) => translated[key] === english[key]);
  expect(
    copied.filter((key) => !same[language]?.has(english[key] ?? "")),
    "the same as in English",
  ).toEqual([]);
}

describe.each(languages)("the translation %s", (language) => {
  // Parses every source file with WebAssembly, which can take a while on a busy machine.
  it("has exactly the texts that the sources use, with the same placeholders", {
    timeout: 60_000,
  }, async () => {
    const bundle = readJson(bundlePath(language)) as Texts;
    expectTranslated(language, await usedTexts(), bundle);
    expect(Object.keys(bundle)).toEqual(inOrder(bundle));
  });

  it("has every text of the manifest, in the same order", () => {
    const english = readJson(manifestTextsPath()) as Texts;
    const translated = readJson(manifestTextsPath(language)) as Texts;
    expectTranslated(language, english, translated);
    expect(Object.keys(translated)).toEqual(Object.keys(english));
  });

  it("is in the folder that the manifest names", () => {
    expect(bundlePath(language)).toBe(inRoot("extension", manifest.l10n, `bundle.l10n.${language}.json`));
  });
});

describe("the sources", () => {
  it("pass only string literals to l10n.t", () => {
    for (const { name, contents } of sourceFiles())
      expect(contents, name).not.toMatch(/l10n\.t\(\s*(?!["'{\s])/);
  });

  it("pass all texts for the user to l10n.t", () => {
    const members = "title|placeholder|placeHolder|prompt|label|detail|message|description|text|tooltip|word";
    const written = new RegExp(`\\b(?:${members}): "([^"]*)"`, "g");
    const texts = sourceFiles().flatMap(({ contents }) => [...contents.matchAll(written)]);
    const names = ["Companion", "fw_…"];
    expect(texts.map(([, text]) => text ?? "").filter((text) => !names.includes(text))).toEqual([]);
  });
});

describe("in German", () => {
  afterEach(() => l10n.config({ contents: {} }));

  it("the status bar uses the bundle from VS Code", () => {
    l10n.config({ contents: readJson(bundlePath("de")) });
    expect(statusBarContent(confirmed(), observed, timesIn("de"))).toMatchObject({
      text: "$(vm-active) trainer: Verbunden",
      label: "Companion: Umgebung trainer: Verbunden",
    });
  });
});
