/** What a person does with one question. */
export type Answer<T> = { readonly value: T } | "back" | "cancelled";

/** A question that adds to what is known. */
export type Step<S> = (state: S, position: Position) => Promise<Answer<S>>;

/** Where a question stands among the others. */
export interface Position {
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/**
 * Asks one question after the other. Back leads to the question before, also to one that was skipped at the start, and
 * keeps what was answered.
 * @param first index of the question to begin with
 * @returns what is known in the end, or undefined where it was cancelled
 */
export async function runSteps<S>(steps: readonly Step<S>[], state: S, first = 0): Promise<S | undefined> {
  let known = state;
  let index = first;
  for (;;) {
    const step = steps[index];
    if (!step) return known;
    const answer = await step(known, { step: index + 1, totalSteps: steps.length, canGoBack: index > 0 });
    if (answer === "cancelled") return undefined;
    if (answer === "back") {
      index--;
    } else {
      known = answer.value;
      index++;
    }
  }
}
