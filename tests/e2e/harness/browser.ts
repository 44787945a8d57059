import { type Browser, chromium } from "playwright-core";

/** The size of the window in CSS pixels, and so of the screenshots. */
export const viewport = { width: 1280, height: 800 };

/**
 * Starts a headless Chromium with an empty profile that talks to nobody but the page it is given.
 * @param executablePath a Chromium or Chrome
 */
export async function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      // Containers and CI machines often allow no user namespaces; the only page is our own.
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
