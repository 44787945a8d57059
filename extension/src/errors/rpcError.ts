import type { ErrorData } from "../protocol.g.js";

/** The numbers of google.rpc.Code that change what a person is offered. */
export const GoogleRpcCode = {
  Unknown: 2,
  InvalidArgument: 3,
  DeadlineExceeded: 4,
  NotFound: 5,
  PermissionDenied: 7,
  ResourceExhausted: 8,
  FailedPrecondition: 9,
  Aborted: 10,
  Unimplemented: 12,
  Internal: 13,
  Unavailable: 14,
  Unauthenticated: 16,
} as const;

/** The codes of faults that may be gone when the gateway is asked again, without anybody doing anything. */
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

/** JSON-RPC codes by which vscode-jsonrpc says that the connection ended before the answer. */
export const connectionLost = {
  writeError: -32099,
  readError: -32098,
  rejected: -32097,
  inactive: -32096,
} as const;

/** An error as the server answers it. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: Partial<ErrorData> | undefined;
}

/** The server's answer, where an error is one. */
export function asRpcError(error: unknown): RpcError | undefined {
  if (typeof error !== "object" || error === null || !("code" in error) || !("message" in error))
    return undefined;
  const { code, message } = error;
  if (typeof code !== "number" || typeof message !== "string") return undefined;
  const data =
    "data" in error && typeof error.data === "object" && error.data !== null ? error.data : undefined;
  return { code, message, data };
}

/** True where a request may have been read by the server, and nobody will ever answer it. */
export function isServerLost(error: unknown): boolean {
  const code = asRpcError(error)?.code;
  return Object.values<number | undefined>(connectionLost).includes(code);
}

/** True where the waiting was stopped on request. */
export function isCancelled(error: unknown): boolean {
  return asRpcError(error)?.code === requestCancelled;
}

/** True for the code of a fault that may pass by itself. */
export function isTransient(code: number | undefined): boolean {
  return passing.includes(code);
}

/** True for the code of a fault by which nobody hears the gateway. */
export function isUnreachable(code: number | undefined): boolean {
  return code === GoogleRpcCode.Unavailable || code === GoogleRpcCode.DeadlineExceeded;
}

/** True where the gateway does not accept the key. */
export function isRefusal(error: unknown): boolean {
  const code = asRpcError(error)?.code;
  return code === GoogleRpcCode.Unauthenticated || code === GoogleRpcCode.PermissionDenied;
}
