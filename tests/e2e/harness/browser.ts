import { type Browser, type BrowserContext, chromium } from "playwright-core";

/** The size of the window and its screenshots in CSS pixels. */
export const viewport = { width: 1280, height: 800 };

/**
 * Starts a headless Chromium with an empty profile that opens only the given page.
 * @param executablePath a Chromium or Chrome
 */
export async function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      // Containers and CI machines often don't allow user namespaces, and the only page is ours.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens a browser profile of its own, which is removed with the browser. */
export async function openProfile(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ viewport, locale: "en-US", reducedMotion: "reduce" });
}
