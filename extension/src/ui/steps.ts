/** The user's answer to a step. */
export type Answer<T> = { readonly value: T } | "back" | "cancelled";

/** A step that adds to the state. */
export type Step<S> = (state: S, position: Position) => Promise<Answer<S>>;

/** A step's place in the sequence. */
export interface Position {
  /** Starts at 1. */
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/**
 * Runs steps in order. Back leads to the previous step, even if it was skipped at the start, and keeps earlier
 * answers.
 * @param first index of the first step
 * @returns the final state, or undefined if the user canceled
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
