import { expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import { variables } from "./variables.js";

const unknown = {
  COMPANION_ACCOUNT_ID: "acme",
  COMPANION_ENVIRONMENT_ID: "trainer",
  COMPANION_NODE_POOL_ID: null,
  COMPANION_NUM_RANKS: null,
  COMPANION_ZONE: null,
  COMPANION_SANDBOX: null,
};

it.each([
  ["an environment that was never connected", undefined, false, unknown],
  [
    "a connection",
    { nodePoolId: "h100", numRanks: 8, zone: "us-east-1a" },
    false,
    { ...unknown, COMPANION_NODE_POOL_ID: "h100", COMPANION_NUM_RANKS: "8", COMPANION_ZONE: "us-east-1a" },
  ],
  [
    "the sandbox, and a zone that VS Code would replace",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: from the gateway
    { nodePoolId: "h100", zone: "${env:HOME}" },
    true,
    { ...unknown, COMPANION_NODE_POOL_ID: "h100", COMPANION_SANDBOX: "1" },
  ],
])("describes %s", (_, connection, isSandbox, expected) =>
  expect(variables(environment(connection && { connection }), isSandbox)).toEqual(expected),
);
