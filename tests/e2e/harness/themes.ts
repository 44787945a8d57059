import type { Page } from "playwright-core";

/** VS Code's built-in themes by kind: the label to choose it by, and the class of the window. */
export const themes = {
  dark: { label: "Dark Modern", mark: "vs-dark" },
  light: { label: "Light Modern", mark: "vs" },
  "high contrast": { label: "Dark High Contrast", mark: "hc-black" },
  "high contrast light": { label: "Light High Contrast", mark: "hc-light" },
} as const;

export type ThemeName = keyof typeof themes;

/** Waits until a window uses a theme. */
export async function waitForTheme(page: Page, name: ThemeName): Promise<void> {
  await page.locator(`.monaco-workbench.${themes[name].mark}`).waitFor();
}
