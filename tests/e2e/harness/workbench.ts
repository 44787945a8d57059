import type { Page } from "playwright-core";
import { Dialog } from "./dialog.ts";
import { storedState } from "./extensionState.ts";
import { Notifications } from "./notifications.ts";
import { QuickInput } from "./quickInput.ts";
import { StatusBarItem } from "./statusBar.ts";
import { matches, stepTimeout, type TextMatch, until } from "./until.ts";

/** Milliseconds for a window to open on a slow machine. */
const openTimeout = 90_000;
/** Milliseconds that an open palette gets to show a command. */
const paletteTimeout = 2_000;
/** More than a window of VS Code has places to stop at with a walkthrough open. */
const mostTabs = 60;
const palettePlaceholder = "Type the name of a command to run.";

/** One window of VS Code, used as a person uses it: with keys and mouse, believing only what is on the screen. */
export class Workbench {
  /** The page that shows the window, for what this class does not know. */
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
   * Opens a folder, or an empty window, and waits until the window is ready.
   * @param folder an absolute path on the server
   */
  async open(folder?: string): Promise<void> {
    const query = folder === undefined ? "ew=true" : `folder=${encodeURIComponent(folder)}`;
    await this.page.goto(`${this.#url}/?${query}`, { timeout: openTimeout });
    await this.ready();
  }

  /** Reloads the window, as the browser's reload button does, and waits until it is ready. */
  async reload(): Promise<void> {
    await this.page.reload({ timeout: openTimeout });
    await this.ready();
  }

  /** Loses the window without closing it, as where the browser's process for its tab is killed. */
  async crash(): Promise<void> {
    const crashed = this.page.waitForEvent("crash");
    const session = await this.page.context().newCDPSession(this.page);
    void session.send("Page.crash").catch(() => undefined); // nobody is left to answer
    await crashed;
  }

  /**
   * Waits until VS Code has written down an extension's state with a text in it, so that a reload finds it.
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

  /** Waits until the window is drawn and knows its extensions' commands. It does not wait for their activation. */
  async ready(): Promise<void> {
    await this.page.locator(".monaco-workbench .part.statusbar").waitFor({ timeout: openTimeout });
    await this.page.waitForFunction(
      // VS Code's own mark, for its own startup measurements.
      () => performance.getEntriesByName("code/didLoadExtensions").length > 0,
      undefined,
      { timeout: openTimeout },
    );
  }

  /** @param id `publisher.name.itemId`, `publisher.name` in lower case */
  statusBarItem(id: string): StatusBarItem {
    return new StatusBarItem(this.page, id);
  }

  /**
   * Runs a command from the palette, once the palette offers it.
   * @param title as the palette shows it, with its category: "Companion: Connect…"
   * @throws {Error} with what the palette offers instead, when it never does
   */
  async runCommand(title: string): Promise<void> {
    const deadline = performance.now() + stepTimeout;
    for (;;) {
      await this.#openPalette(title);
      try {
        // An open palette does not learn of new commands: it is opened again.
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
   * Runs a command from the palette as one does without a mouse: F1, its title, Enter.
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
   * @param name what a screen reader calls it
   * @throws {Error} with the names of all that had the focus, when the control does not get it
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

  /** The commands that the palette offers for a filter, best match first. */
  async findCommands(filter: string): Promise<string[]> {
    await this.#openPalette(filter);
    const items = await this.quickInput.items();
    await this.quickInput.cancel();
    return items.map((item) => item.label).filter((label) => label !== "No matching commands");
  }

  /** Opens the panel with an output channel. Its text is in the server's `readOutput`. */
  async showOutput(channel: string): Promise<void> {
    await this.runCommand("Output: Show Output Channels...");
    await this.quickInput.choose(channel);
    await this.page.locator('.part.panel .monaco-editor[data-uri^="output:"]').waitFor();
  }

  /** Opens the palette by its key, as it opens: with the commands that were used last on top. */
  async openPalette(): Promise<void> {
    await this.page.keyboard.press("F1");
    await this.quickInput.waitFor({ placeholder: palettePlaceholder });
  }

  async #openPalette(filter: string): Promise<void> {
    await this.openPalette();
    await this.quickInput.type(`>${filter}`);
  }
}
