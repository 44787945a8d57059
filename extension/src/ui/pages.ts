import { Deferred } from "../util/deferred.js";

export interface Pages<P> {
  /** Requests the list, and passes on each page when it arrives. */
  ask(onPage: (page: P) => void): Promise<unknown>;
  add(page: P): void;
  /** Called once, with the first page. Nothing is shown before it's done. */
  begin?(): Promise<void>;
  /** Milliseconds to wait for the other pages before anything is shown, for lists that are sorted. Default: 0. */
  readonly patience?: number;
  /** Shows what has arrived so far. Also called for each page after that. */
  show(): void;
}

/** Loads a list whose first pages are shown while the others arrive. */
export async function loadPages<P>({ ask, add, begin, patience = 0, show }: Pages<P>): Promise<void> {
  const arrived = new Deferred();
  let shown = false;
  let begun: Promise<void> | undefined;
  const whole = ask((page) => {
    add(page);
    if (shown) return show();
    if (begun) return;
    begun = begin?.() ?? Promise.resolve();
    begun.catch(() => undefined); // reported below, unless the list itself failed before
    arrived.resolve();
  });
  const waited = arrived.promise.then(() => (patience > 0 ? delay(patience) : undefined));
  await Promise.race([whole, waited]);
  await begun;
  show();
  shown = true;
  await whole;
}

/** Whether enough items have arrived since the last draw to draw again. Doubling keeps the number of draws small. */
export function hasDoubled(count: number, shown: number): boolean {
  return count > 0 && count >= 2 * shown;
}

const delay = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
