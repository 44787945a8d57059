import type { EnvironmentInfo } from "../../protocol.g.js";

/** Returns a follow-up's environment variables. Null removes one that VS Code itself was started with. */
export function variables(
  { accountId, environmentId, connection = { nodePoolId: "" } }: EnvironmentInfo,
  isSandbox: boolean,
): Record<string, string | null> {
  const values = {
    COMPANION_ACCOUNT_ID: accountId,
    COMPANION_ENVIRONMENT_ID: environmentId,
    COMPANION_NODE_POOL_ID: connection.nodePoolId,
    COMPANION_NUM_RANKS: String(connection.numRanks ?? ""),
    COMPANION_ZONE: connection.zone ?? "",
    COMPANION_SANDBOX: isSandbox ? "1" : "",
  };
  // VS Code would replace ${…}, and the gateway's names have no such thing.
  const isUsable = (value: string) => value !== "" && !value.includes("${");
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isUsable(value) ? value : null]),
  );
}
