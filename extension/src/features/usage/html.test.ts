import { describe, expect, it } from "vitest";
import { escapeHtml, Html, html } from "./html.js";

describe("escapeHtml", () => {
  it.each([
    ["trainer", "trainer"],
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    [`" onload="x' &`, "&quot; onload=&quot;x&#39; &amp;"],
    ["&lt;", "&amp;lt;"],
    ["größer · ≈ 日本語", "größer · ≈ 日本語"],
  ])("%s", (text, escaped) => expect(escapeHtml(text)).toBe(escaped));
});

describe("html", () => {
  it("escapes texts, and neither HTML nor its own parts", () => {
    const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul title="${'"'}">${items}${new Html("<hr>")}${3}</ul>`.text).toBe(
      '<ul title="&quot;"><li>a</li><li>&lt;b&gt;</li><hr>3</ul>',
    );
  });
});
