import type { RefusedKey } from "../../session/credentials.js";

export interface RefusalPromptDeps {
  /** Whether this window has the focus, as far as its extension host knows. */
  focused(): boolean;
  /** Resolves to true when the window has shown that it still exists. A lost window keeps the focus it last had. */
  present(): Promise<boolean>;
  /** Resolves to true for the first window that claims the ID. */
  claim(id: string): Promise<boolean>;
  /** Releases a claim. */
  release(id: string): Promise<void>;
  prompt(reason: string): void;
}

/**
 * Shows one prompt for a key that the gateway no longer accepts, in the window that the user is working in. The
 * status bar of every window shows it too.
 */
export class RefusalPrompt {
  readonly #deps: RefusalPromptDeps;
  #due: RefusedKey | undefined;

  constructor(deps: RefusalPromptDeps) {
    this.#deps = deps;
  }

  /** The gateway rejected the key. If this window doesn't have the focus, the prompt waits for one that gets it. */
  async refused(key: RefusedKey): Promise<void> {
    this.#due = key;
    await this.windowFocused();
  }

  /** The focus of this window has changed. */
  async windowFocused(): Promise<void> {
    if (!this.#due || !this.#deps.focused()) return;
    if (!(await this.#deps.present())) return;
    const key = this.#due;
    if (!key || !this.#deps.focused()) return;
    this.#due = undefined;
    if (await this.#deps.claim(key.id)) this.#deps.prompt(key.reason);
  }

  /** A command has already reported this rejection. */
  async alreadyShown(id: string): Promise<void> {
    this.#due = undefined;
    await this.#deps.claim(id);
  }

  /** The gateway accepts the key. A later rejection is shown again. */
  async accepted(id: string): Promise<void> {
    this.#due = undefined;
    await this.#deps.release(id);
  }
}
