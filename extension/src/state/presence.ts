/**
 * Whether somebody can still see this window. A browser tab that is lost without being closed leaves its extension host
 * running for hours, with the focus that it last had; only an answer from the workbench shows that there is one.
 */
export class Presence {
  readonly #ask: () => PromiseLike<unknown>;
  #asked: Promise<boolean> | undefined;

  /** @param ask a call that the workbench answers; where it is out of reach, VS Code keeps the call until it is back */
  constructor(ask: () => PromiseLike<unknown>) {
    this.#ask = ask;
  }

  /** True once the workbench has answered a call made from now on, or one that is still open; false where that fails. */
  proven(): Promise<boolean> {
    this.#asked ??= this.#prove();
    return this.#asked;
  }

  /** @returns false also where that takes longer than a number of milliseconds */
  async provenWithin(limit: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), limit);
    });
    const answered = await Promise.race([this.proven(), late]);
    clearTimeout(timer);
    return answered;
  }

  async #prove(): Promise<boolean> {
    try {
      await this.#ask();
      return true;
    } catch {
      return false;
    } finally {
      this.#asked = undefined;
    }
  }
}
