import type { Page } from "playwright-core";

/** VS Code's own themes of each kind: the value of `workbench.colorTheme`, and the class by which a window has it. */
export const themes = {
  dark: { setting: "Default Dark Modern", mark: "vs-dark" },
  light: { setting: "Default Light Modern", mark: "vs" },
  "high contrast": { setting: "Default High Contrast", mark: "hc-black" },
  "high contrast light": { setting: "Default High Contrast Light", mark: "hc-light" },
} as const;

export type ThemeName = keyof typeof themes;

/** Waits until a window is drawn in a theme. */
export async function waitForTheme(page: Page, name: ThemeName): Promise<void> {
  await page.locator(`.monaco-workbench.${themes[name].mark}`).waitFor();
}
