import type { ErrorData } from "../protocol.g.js";

/** The google.rpc.Code values that the extension handles. */
export const GoogleRpcCode = {
  Unknown: 2,
  DeadlineExceeded: 4,
  NotFound: 5,
  PermissionDenied: 7,
  ResourceExhausted: 8,
  FailedPrecondition: 9,
  Aborted: 10,
  Internal: 13,
  Unavailable: 14,
  Unauthenticated: 16,
} as const;

/** Codes of errors that might go away on their own. */
const passing: readonly (number | undefined)[] = [
  GoogleRpcCode.Unknown,
  GoogleRpcCode.DeadlineExceeded,
  GoogleRpcCode.ResourceExhausted,
  GoogleRpcCode.Aborted,
  GoogleRpcCode.Internal,
  GoogleRpcCode.Unavailable,
];

/** LSP's RequestCancelled. */
const requestCancelled = -32800;

/** JSON-RPC codes that vscode-jsonrpc uses when the connection ends before the response. */
export const connectionLost = {
  writeError: -32099,
  readError: -32098,
  rejected: -32097,
  inactive: -32096,
} as const;

/** An error response from the server. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: Partial<ErrorData> | undefined;
}

/** Returns the error as a server response, if it is one. */
export function asRpcError(error: unknown): RpcError | undefined {
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error))
    return undefined;
  const { code, message } = error;
  if (typeof code !== "number" || typeof message !== "string") return undefined;
  const data =
    "data" in error && typeof error.data === "object" && error.data !== null ? error.data : undefined;
  return { code, message, data };
}

/** Whether the server was lost after it might have read the request. */
export function isServerLost(error: unknown): boolean {
  const code = asRpcError(error)?.code;
  return Object.values<number | undefined>(connectionLost).includes(code);
}

/** Whether the user canceled the request. */
export function isCancelled(error: unknown): boolean {
  return asRpcError(error)?.code === requestCancelled;
}

/** Whether an error might go away on its own. */
export function isTransient(code: number | undefined): boolean {
  return passing.includes(code);
}

/** Whether the gateway couldn't be reached. */
export function isUnreachable(code: number | undefined): boolean {
  return code === GoogleRpcCode.Unavailable || code === GoogleRpcCode.DeadlineExceeded;
}

/** Whether the gateway rejected the key. */
export function isRefusal(error: unknown): boolean {
  const code = asRpcError(error)?.code;
  return code === GoogleRpcCode.Unauthenticated || code === GoogleRpcCode.PermissionDenied;
}
