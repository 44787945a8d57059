import type { RefusedKey } from "../../session/credentials.js";

export interface RefusalPromptDeps {
  /** Whether this window has the focus, as far as its extension host knows. */
  focused(): boolean;
  /** True once the window has shown that it still exists: a lost one keeps the focus that it last had. */
  present(): Promise<boolean>;
  /** True for the first of all windows that asks for it. */
  claim(id: string): Promise<boolean>;
  /** Gives the claim back. */
  release(id: string): Promise<void>;
  prompt(reason: string): void;
}

/**
 * Sees to it that a key which the gateway accepts no more leads to one prompt, in the window that a person is at, and not
 * to one in each window. The status bar of each tells of it anyway.
 */
export class RefusalPrompt {
  readonly #deps: RefusalPromptDeps;
  #due: RefusedKey | undefined;

  constructor(deps: RefusalPromptDeps) {
    this.#deps = deps;
  }

  /** The gateway refused the key. A window that nobody is at leaves the prompt to the one where a person is next. */
  async refused(key: RefusedKey): Promise<void> {
    this.#due = key;
    await this.windowFocused();
  }

  /** A person has come to this window. */
  async windowFocused(): Promise<void> {
    if (!this.#due || !this.#deps.focused()) return;
    if (!(await this.#deps.present())) return;
    const key = this.#due;
    if (!key || !this.#deps.focused()) return;
    this.#due = undefined;
    if (await this.#deps.claim(key.id)) this.#deps.prompt(key.reason);
  }

  /** A command has told a person of the refusal: nobody needs to be told once more. */
  async alreadyShown(id: string): Promise<void> {
    this.#due = undefined;
    await this.#deps.claim(id);
  }

  /** The gateway accepts the key: should it refuse it later, that is news again. */
  async accepted(id: string): Promise<void> {
    this.#due = undefined;
    await this.#deps.release(id);
  }
}
