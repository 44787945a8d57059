import { describe, expect, it } from "vitest";
import { environment } from "../../../test/views.js";
import { UserError } from "../../errors/userError.js";
import type { ErrorData } from "../../protocol.g.js";
import { explainFailure } from "./failure.js";

type Case = readonly [what: string, code: number, data: Partial<ErrorData>, actions: string[]];

const answer = (code: number, data: Partial<ErrorData>) => ({
  code,
  message: "The server's sentence.",
  data,
});
const free = environment({ state: "DISCONNECTED" });

/** An environment that failed, as the server reports it. */
function settled(status: string, state = "DISCONNECTED"): Partial<ErrorData> {
  return {
    status,
    outcome: "notApplied",
    environment: environment({
      state,
      status: { code: status, message: "no luck." },
      connection: { nodePoolId: "h100" },
    }),
  };
}

describe("a connect that failed", () => {
  it.each<Case>([
    ["for lack of capacity", 8, settled("RESOURCE_EXHAUSTED"), ["chooseNodePool", "tryAgain"]],
    ["with a temporary error", 14, settled("UNAVAILABLE"), ["tryAgain", "chooseNodePool"]],
    ["for lack of permission", 7, settled("PERMISSION_DENIED"), ["chooseNodePool"]],
    ["with an internal error", 13, settled("INTERNAL"), ["tryAgain", "chooseNodePool"]],
    ["and left it connected as before", 8, settled("RESOURCE_EXHAUSTED", "CONNECTED"), ["refresh"]],
    ["with an unknown outcome", 14, { outcome: "unknown", retryable: true }, ["refresh", "diagnose"]],
    [
      "on a timeout",
      4,
      { outcome: "unknown", environment: environment({ state: "CONNECTING" }) },
      ["refresh", "diagnose"],
    ],
    ["for the key", 16, { outcome: "notApplied", httpStatus: 401 }, ["signIn", "diagnose"]],
    [
      "for a node pool that doesn't exist",
      5,
      { outcome: "notApplied", httpStatus: 404, environment: free },
      ["chooseNodePool", "selectEnvironment"],
    ],
    [
      "for an environment that doesn't exist",
      5,
      { outcome: "notApplied", httpStatus: 404 },
      ["selectEnvironment"],
    ],
    [
      "for a node pool that isn't ready",
      9,
      { outcome: "notApplied", httpStatus: 400, environment: free },
      ["chooseNodePool", "refresh"],
    ],
    [
      "because of the environment's state",
      9,
      { outcome: "notApplied", httpStatus: 400, environment: environment({ state: "CONNECTING" }) },
      ["refresh"],
    ],
    [
      "for a suspended account",
      9,
      { outcome: "notApplied", httpStatus: 412, environment: free },
      ["refresh"],
    ],
    ["for another window", 9, { outcome: "notApplied" }, ["refresh"]],
    [
      "for too many requests",
      8,
      { outcome: "notApplied", httpStatus: 429, retryable: true },
      ["tryAgain", "chooseNodePool"],
    ],
    ["before it was sent", 14, { outcome: "notApplied", retryable: true }, ["tryAgain", "diagnose"]],
    [
      "with an earlier failure in the environment",
      14,
      { ...settled("UNAVAILABLE"), httpStatus: 503, retryable: true },
      ["tryAgain", "diagnose"],
    ],
  ])("%s", (_, code, data, actions) => {
    expect(explainFailure(answer(code, data), "connect", "trainer").actions).toEqual([...actions, "showLog"]);
  });

  it("shows the gateway's message and what it means", () => {
    const { message, detail } = explainFailure(
      answer(8, settled("RESOURCE_EXHAUSTED")),
      "connect",
      "trainer",
    );
    expect(message).toBe("trainer wasn't connected. Message from the gateway: no luck.");
    expect(detail).toBe(
      "h100 doesn't have enough free capacity now. Choose another node pool or fewer ranks, or try again later.",
    );
  });

  it("uses the server's message for everything else", () => {
    expect(explainFailure(answer(14, { outcome: "notApplied" }), "connect", "trainer").message).toBe(
      "The server's sentence.",
    );
    expect(explainFailure(answer(-32602, { outcome: "notApplied" }), "connect", "trainer").actions).toEqual([
      "showLog",
    ]);
    expect(explainFailure(new UserError("No.", ["signIn"]), "connect", "trainer")).toEqual({
      message: "No.",
      actions: ["signIn"],
    });
  });
});

describe("a disconnect that failed", () => {
  it("offers recovery options in the safe order if the environment still costs money", () => {
    const explained = explainFailure(answer(13, settled("INTERNAL", "CONNECTED")), "disconnect", "Night run");
    expect(explained.message).toBe(
      "Night run is still connected, and you're still charged for it. Message from the gateway: no luck.",
    );
    expect(explained.detail).toMatch(/^Try again first\. .* rebuild the snapshots.* If you force/);
    expect(explained.actions).toEqual(["tryAgain", "rebuildSnapshots", "forceDisconnect", "showLog"]);
  });

  it.each<Case>([
    ["and left it in another state", 13, settled("INTERNAL", "DELETING"), ["refresh"]],
    [
      "because there's nothing to disconnect",
      9,
      { outcome: "notApplied", httpStatus: 400, environment: free },
      ["refresh"],
    ],
    ["with an unknown outcome", 14, { outcome: "unknown" }, ["refresh", "diagnose"]],
    ["before it was sent", 14, { outcome: "notApplied", retryable: true }, ["tryAgain", "diagnose"]],
    ["and was accepted without effect", 13, { outcome: "notApplied", environment: environment() }, []],
  ])("%s", (_, code, data, actions) => {
    expect(explainFailure(answer(code, data), "disconnect", "trainer").actions).toEqual([
      ...actions,
      "showLog",
    ]);
  });
});
