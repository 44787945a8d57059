import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe-core found wrong with a part of the page. */
export interface Finding {
  /** axe-core's name of the rule, such as "button-name". */
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  /** The elements, as HTML. */
  readonly elements: readonly string[];
}

/**
 * What VS Code itself draws so, in every extension's pickers and notifications: no extension can change it. A color here is
 * that of the text in a list, by VS Code's own theme.
 */
const drawnByVSCode: readonly { readonly rule: string; readonly element: RegExp }[] = [
  { rule: "aria-allowed-attr", element: /^<div class="monaco-list(-row)?[ "]/ },
  { rule: "aria-required-children", element: /^<div class="monaco-list / },
  { rule: "aria-prohibited-attr", element: /^<div (class="monaco-keybinding"|id="monaco-dialog-icon") / },
  { rule: "aria-valid-attr-value", element: /^<input .*aria-controls="quickInput_list"/ },
  { rule: "color-contrast", element: /^<span class="monaco-highlighted-label">/ },
];

/**
 * Looks for obstacles to people who use a screen reader, the keyboard alone, or need contrast.
 * @param selectors the parts of the page to look at; all of them have to be there
 * @returns what an extension can put right
 */
export async function findObstacles(page: Page, selectors: readonly string[]): Promise<Finding[]> {
  for (const selector of selectors) await page.locator(selector).first().waitFor();
  // Evaluated, not added as a script: VS Code's Content Security Policy allows none but its own.
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
