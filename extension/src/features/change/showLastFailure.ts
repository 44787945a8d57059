import type { App } from "../../app.js";

/** Shows the error of the last failed change again, with its buttons. */
export async function showLastFailure({ lastFailure }: App): Promise<void> {
  lastFailure.show();
}
