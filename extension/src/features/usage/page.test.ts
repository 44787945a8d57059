import { Script } from "node:vm";
import { describe, expect, it } from "vitest";
import { pageOf } from "./page.js";
import { script } from "./script.js";

const page = pageOf("de", "abc123");

describe("the page", () => {
  it("runs and loads nothing but its own script and style", () => {
    expect(page).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;nonce-abc123&#39;; script-src &#39;nonce-abc123&#39;">`,
    );
    expect(page.match(/<(script|style)\b[^>]*>/g)).toEqual([
      '<style nonce="abc123">',
      '<script nonce="abc123">',
    ]);
    expect(page).not.toMatch(/\s(on\w+|style|src|href)=|https?:/);
  });

  it("has a language, a heading, and a label for each list", () => {
    expect(page).toContain('<html lang="de">');
    expect(page).toContain('<h1 id="heading">Companion Usage</h1>');
    for (const [, id] of page.matchAll(/<select id="(\w+)"/g)) expect(page).toContain(`<label for="${id}">`);
    expect(page.match(/<option value="\w+">[^<]+/g)).toEqual([
      '<option value="7">Last 7 days',
      '<option value="30">Last 30 days',
      '<option value="90">Last 90 days',
      '<option value="365">Last 365 days',
      '<option value="environment">Environment',
      '<option value="nodePool">Node Pool',
    ]);
  });

  it("takes all colors from the theme", () => {
    const [, style = ""] = /<style[^>]*>(.*?)<\/style>/s.exec(page) ?? [];
    expect(style).not.toMatch(/#[0-9a-f]{3,8}\b(?=[^{]*;)|rgba?\(|hsla?\(|animation|transition/i);
    expect(style).toContain("var(--vscode-contrastBorder");
  });

  it("has a script that can be read", () => {
    expect(() => new Script(script)).not.toThrow();
    expect(script).not.toContain("</");
  });
});
