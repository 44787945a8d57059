/** Shows the last failed change again. Whether it still matters is in the view. */
export class LastFailure {
  #show: (() => void) | undefined;

  set(show: () => void): void {
    this.#show = show;
  }

  show(): void {
    this.#show?.();
  }
}
