/**
 * Whether anyone can still see this window. If a browser tab is lost without being closed, its extension host keeps
 * running for hours with the focus it last had. Only a response from the workbench proves that the window exists.
 */
export class Presence {
  readonly #ask: () => PromiseLike<unknown>;
  #asked: Promise<boolean> | undefined;

  /** @param ask a call that the workbench answers; VS Code keeps it pending while the workbench can't be reached */
  constructor(ask: () => PromiseLike<unknown>) {
    this.#ask = ask;
  }

  /** Resolves to true when the workbench has answered, and to false if the call fails. */
  proven(): Promise<boolean> {
    this.#asked ??= this.#prove();
    return this.#asked;
  }

  /** @returns false also if it takes longer than the limit in milliseconds */
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
