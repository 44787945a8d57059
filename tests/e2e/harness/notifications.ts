import type { Locator, Page } from "playwright-core";
import { asPattern, matches, type TextMatch, until } from "./until.ts";

/** A notification in the lower-right corner. */
export interface NotificationView {
  readonly severity: "info" | "warning" | "error";
  /** Its text. For progress, its title and message: "Connecting: waiting for a node". */
  readonly message: string;
  readonly buttons: readonly string[];
  /** Undefined unless it shows progress. The percentage from 0 to 100, if there is one. */
  readonly progress: { readonly percent: number | undefined } | undefined;
}

/** The visible notifications. There are at most three, and those without buttons disappear after some seconds. */
export class Notifications {
  readonly #page: Page;
  readonly #toasts: Locator;
  readonly #center: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#toasts = page.locator(".notifications-toasts.visible .notification-toast");
    this.#center = page.locator(".notifications-center.visible");
  }

  /** The visible notifications from top to bottom. */
  async read(): Promise<NotificationView[]> {
    return readAll(this.#toasts);
  }

  /**
   * All notifications that haven't been dismissed, the latest first, including hidden ones, which the bell shows.
   */
  async readCenter(): Promise<NotificationView[]> {
    // VS Code hides the center on its own when the last notification ends, even between two steps of this.
    let all: NotificationView[] = [];
    await until(
      "the notification center",
      async () => {
        await this.#toggleCenter("visible");
        all = await readAll(this.#center.locator(".monaco-list-row"));
        return this.#center.isVisible();
      },
      (isVisible) => isVisible,
    );
    await until(
      "the end of the notification center",
      () => this.#toggleCenter("hidden"),
      (isDone) => isDone,
    );
    return all;
  }

  /** Clicks the bell unless the center is already in this state. Returns whether it is now. */
  async #toggleCenter(state: "visible" | "hidden"): Promise<boolean> {
    const isDone = async () => (await this.#center.isVisible()) === (state === "visible");
    if (!(await isDone())) {
      await this.#page.locator('.statusbar-item[id="status.notifications"]').click();
      await this.#center.waitFor({ state, timeout: 2_000 }).catch(() => undefined);
    }
    return isDone();
  }

  /**
   * Waits for a notification with a matching message.
   * @throws {Error} with the notifications that exist instead, on a timeout
   */
  async waitFor(message: TextMatch, timeout?: number): Promise<NotificationView> {
    const find = (all: readonly NotificationView[]) => all.find((one) => matches(one.message, message));
    const all = await until(
      `notification ${message}`,
      () => this.read(),
      (views) => find(views) !== undefined,
      timeout,
    );
    return find(all) as NotificationView;
  }

  /** Waits until no notification has such a message. */
  async waitUntilGone(message: TextMatch, timeout?: number): Promise<void> {
    const none = (all: readonly NotificationView[]) => !all.some((one) => matches(one.message, message));
    await until(`no notification ${message}`, () => this.read(), none, timeout);
  }

  /** Clicks a button of a notification, or Cancel for progress. */
  async click(message: TextMatch, button: string): Promise<void> {
    await this.#toast(message).getByRole("button", { name: button, exact: true }).click();
  }

  /** Closes a notification. Progress can't be closed. */
  async dismiss(message: TextMatch): Promise<void> {
    const toast = this.#toast(message);
    // A small notification shows its Close button only on hover.
    await toast.hover();
    await toast.locator(".codicon-notifications-clear").click();
    await this.waitUntilGone(message);
  }

  #toast(message: TextMatch): Locator {
    const text = this.#page.locator(".notification-list-item-message", { hasText: asPattern(message) });
    return this.#toasts.filter({ has: text });
  }
}

async function readAll(notifications: Locator): Promise<NotificationView[]> {
  return notifications.evaluateAll((toasts) =>
    toasts.map((toast) => {
      const icon = toast.querySelector(".notification-list-item-icon");
      const bar = toast.querySelector(".monaco-progress-container.active");
      const percent = bar?.getAttribute("aria-valuenow");
      const buttons = toast.querySelectorAll(".notification-list-item-buttons-container .monaco-button");
      return {
        severity:
          (["error", "warning"] as const).find((name) => icon?.classList.contains(`codicon-${name}`)) ??
          ("info" as const),
        message: (toast.querySelector(".notification-list-item-message")?.textContent ?? "").trim(),
        buttons: [...buttons]
          .map((button) => (button.textContent ?? "").trim())
          .filter((text) => text !== ""),
        progress: bar ? { percent: typeof percent === "string" ? Number(percent) : undefined } : undefined,
      };
    }),
  );
}
