import type { Page } from "playwright-core";
import { Dialog } from "./dialog.ts";
import { storedState } from "./extensionState.ts";
import { Notifications } from "./notifications.ts";
import { QuickInput } from "./quickInput.ts";
import { StatusBarItem } from "./statusBar.ts";
import { matches, stepTimeout, type TextMatch, until } from "./until.ts";

/** How long a window can take to open on a slow machine, in milliseconds. */
const openTimeout = 90_000;
/** How long an open palette can take to show a command, in milliseconds. */
const paletteTimeout = 2_000;
/** More than the number of tab stops in a window with a walkthrough. */
const mostTabs = 60;
const palettePlaceholder = "Type the name of a command to run.";

/** A window of VS Code, controlled with the keyboard and mouse, and read from the screen. */
export class Workbench {
  /** The page of the window, for what this class doesn't cover. */
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;

  readonly #url: string;

  /** @param url the server's, without a path */
  constructor(page: Page, url: string) {
    page.setDefaultTimeout(stepTimeout);
    this.page = page;
    this.#url = url;
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
  }

  /**
   * Opens a folder or an empty window, and waits until it's ready.
   * @param folder an absolute path on the server
   */
  async open(folder?: string): Promise<void> {
    const query = folder === undefined ? "ew=true" : `folder=${encodeURIComponent(folder)}`;
    await this.page.goto(`${this.#url}/?${query}`, { timeout: openTimeout });
    await this.ready();
  }

  /** Reloads the page, and waits until it's ready. */
  async reload(): Promise<void> {
    await this.page.reload({ timeout: openTimeout });
    await this.ready();
  }

  /** Loses the window without closing it, like when the browser's process for its tab is killed. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent("crash");
    const session = await this.page.context().newCDPSession(this.page);
    void session.send("Page.crash").catch(() => undefined); // nothing can respond anymore
    await crashed;
  }

  /**
   * Waits until VS Code has stored a text in an extension's state, so that it's available after a reload.
   * @param extensionId `publisher.name`
   */
  async waitUntilStored(extensionId: string, text: string): Promise<void> {
    const isThere = (states: readonly string[]) => states.some((state) => state.includes(text));
    await until(
      `stored state of ${extensionId} with ${text}`,
      () => storedState(this.page, extensionId),
      isThere,
    );
  }

  /** Waits until the window is drawn and knows its extensions' commands. Doesn't wait for their activation. */
  async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: openTimeout });
    await this.page.waitForFunction(
      // VS Code's own mark for its startup measurements
      () => performance.getEntriesByName("code/didLoadExtensions").length > 0,
      undefined,
      { timeout: openTimeout },
    );
  }

  /** @param id `publisher.name.itemId`, with `publisher.name` in lowercase */
  statusBarItem(id: string): StatusBarItem {
    return new StatusBarItem(this.page, id);
  }

  /**
   * Runs a command from the palette when it's available.
   * @param title as the palette shows it, with its category: "Companion: Connect…"
   * @throws {Error} with the available commands, on a timeout
   */
  async runCommand(title: string): Promise<void> {
    const deadline = performance.now() + stepTimeout;
    for (;;) {
      await this.#openPalette(title);
      try {
        // An open palette doesn't show new commands, so open it again.
        await this.quickInput.choose(title, paletteTimeout);
        break;
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await this.quickInput.cancel();
      }
    }
    const placeholder = async () => (await this.quickInput.read())?.placeholder;
    await until("palette to close", placeholder, (text) => text !== palettePlaceholder);
  }

  /**
   * Runs a command from the palette with the keyboard: F1, its title, Enter.
   * @param title as the palette shows it, with its category
   */
  async runCommandByKeys(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput.waitFor({ placeholder: palettePlaceholder });
    await this.page.keyboard.type(title);
    const first = async () => (await this.quickInput.items())[0];
    await until(
      `palette to have ${title} first`,
      first,
      (item) => item?.active === true && item.label === title,
    );
    await this.page.keyboard.press("Enter");
  }

  /**
   * Presses Tab until a control has the focus.
   * @param name its accessible name
   * @throws {Error} with the names of all controls that had the focus, if this one doesn't get it
   */
  async tabTo(name: TextMatch): Promise<void> {
    const seen: string[] = [];
    while (seen.length < mostTabs) {
      await this.page.keyboard.press("Tab");
      const focused = await this.page.evaluate(() => {
        const element = document.activeElement;
        return (element?.getAttribute("aria-label") ?? element?.textContent ?? "").trim();
      });
      if (matches(focused, name)) return;
      seen.push(focused);
    }
    throw new Error(`Tab does not lead to ${name}, but to: ${seen.join(" | ")}`);
  }

  /** Returns the commands that match a filter, the best match first. */
  async findCommands(filter: string): Promise<string[]> {
    await this.#openPalette(filter);
    const items = await this.quickInput.items();
    await this.quickInput.cancel();
    return items.map((item) => item.label).filter((label) => label !== "No matching commands");
  }

  /** Opens the panel with an output channel. The server's `readOutput` returns its text. */
  async showOutput(channel: string): Promise<void> {
    await this.runCommand("Output: Show Output Channels...");
    await this.quickInput.choose(channel);
    await this.page.locator('.part.panel .monaco-editor[data-uri^="output:"]').waitFor();
  }

  /** Opens the palette with its key, with the commands that were used last at the top. */
  async openPalette(): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput.waitFor({ placeholder: palettePlaceholder });
  }

  async #openPalette(filter: string): Promise<void> {
    await this.openPalette();
    await this.quickInput.type(`>${filter}`);
  }
}
