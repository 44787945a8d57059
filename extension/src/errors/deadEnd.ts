import { asRpcError, GoogleRpcCode } from "./rpcError.js";
import { type Action, UserError } from "./userError.js";

/** There's nothing to choose from, and the same request won't change that. */
export class DeadEnd extends UserError {
  /** What it means, and what to do about it. */
  readonly detail: string | undefined;

  constructor(message: string, detail: string | undefined, actions: readonly Action[]) {
    super(message, actions);
    this.name = "DeadEnd";
    this.detail = detail;
  }
}

/** HTTP statuses of an account that's suspended, and of a gateway that doesn't offer what was requested. */
const suspended = 412;
const notOffered = [404, 501];

/** Returns the dead end that an error means, if it is one: the account can't be used, or doesn't have such a list. */
export function deadEndOf(error: unknown): DeadEnd | undefined {
  const answer = asRpcError(error);
  if (!answer) return undefined;
  const { code, message, data } = answer;
  const { httpStatus = 0, detail, actions = [] } = data ?? {};
  if (httpStatus === suspended) return new DeadEnd(message, detail, [...actions, "switchAccount"]);
  const isDenied = code === GoogleRpcCode.PermissionDenied || notOffered.includes(httpStatus);
  return isDenied ? new DeadEnd(message, detail, ["switchAccount", ...actions]) : undefined;
}
