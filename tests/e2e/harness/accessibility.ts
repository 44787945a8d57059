import axe from "axe-core";
import type { Frame, Page } from "playwright-core";

/** A problem that axe-core found. */
export interface Finding {
  /** The ID of axe-core's rule, such as "button-name". */
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  /** The elements, as HTML. */
  readonly elements: readonly string[];
}

/**
 * Problems in VS Code's own UI, which extensions can't change. A color here is the text color of a list in VS Code's
 * theme.
 */
const drawnByVSCode: readonly { readonly rule: string; readonly element: RegExp }[] = [
  { rule: "aria-allowed-attr", element: /^<div class="monaco-list(-row)?[ "]/ },
  { rule: "aria-required-children", element: /^<div class="monaco-list / },
  { rule: "aria-prohibited-attr", element: /^<div (class="monaco-keybinding"|id="monaco-dialog-icon") / },
  { rule: "aria-valid-attr-value", element: /^<input .*aria-controls="quickInput_list"/ },
  { rule: "color-contrast", element: /^<span class="monaco-highlighted-label">/ },
];

/**
 * Checks for barriers to users of screen readers, the keyboard, or high contrast.
 * @param selectors the parts of the page to check, which must exist
 * @returns problems that an extension can fix
 */
export async function findObstacles(page: Page | Frame, selectors: readonly string[]): Promise<Finding[]> {
  for (const selector of selectors) await page.locator(selector).first().waitFor();
  // Evaluated instead of added as a script, because of VS Code's Content Security Policy.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async (include) => {
    const { axe: here } = window as unknown as { axe: typeof axe };
    return here.run({ include: [...include] }, { resultTypes: ["violations"] });
  }, selectors);
  const all = violations.map(({ id, impact, help, nodes }) => ({
    rule: id,
    impact: impact ?? "minor",
    help,
    elements: nodes.map(({ html }) => html).filter((html) => !isDrawnByVSCode(id, html)),
  }));
  return all.filter(({ elements }) => elements.length > 0);
}

function isDrawnByVSCode(rule: string, html: string): boolean {
  return drawnByVSCode.some((one) => one.rule === rule && one.element.test(html));
}
