import { describe, expect, it } from "vitest";
import type { ErrorData } from "../protocol.g.js";
import { deadEndOf } from "./deadEnd.js";
import type { Action } from "./userError.js";

const answered = (code: number, data: Partial<ErrorData>) => ({ code, message: "No.", data });

describe("deadEndOf", () => {
  it.each<[string, unknown, Action[] | undefined]>([
    [
      "a suspended account",
      answered(9, { httpStatus: 412, actions: ["openBilling"] }),
      ["openBilling", "switchAccount"],
    ],
    [
      "a list that the key may not read",
      answered(7, { httpStatus: 403, actions: ["signIn", "diagnose"] }),
      ["switchAccount", "signIn", "diagnose"],
    ],
    [
      "a gateway without such a list",
      answered(12, { httpStatus: 501, actions: ["diagnose"] }),
      ["switchAccount", "diagnose"],
    ],
    [
      "an environment that's gone",
      answered(5, { httpStatus: 404, actions: ["selectEnvironment"] }),
      ["switchAccount", "selectEnvironment"],
    ],
    ["a gateway that's down", answered(14, { httpStatus: 503, actions: ["tryAgain"] }), undefined],
    ["a rejected key", answered(16, { httpStatus: 401, actions: ["signIn"] }), undefined],
    ["a lost server", answered(-32097, {}), undefined],
    ["a defect", new Error("no"), undefined],
  ])("of %s", (_, error, actions) => expect(deadEndOf(error)?.actions).toEqual(actions));
});
