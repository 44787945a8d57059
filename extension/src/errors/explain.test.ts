import { describe, expect, it } from "vitest";
import { explain } from "./explain.js";
import { UserError } from "./userError.js";

const answer = (code: number, data: object = {}) => ({ code, message: "The gateway says no.", data });

describe("explain", () => {
  it("uses the server's message and always offers the log", () => {
    expect(explain(answer(13), "question")).toEqual({
      message: "The gateway says no.",
      actions: ["showLog"],
    });
  });

  it.each([
    ["a key that isn't accepted", 16],
    ["an account without access", 7],
  ])("offers to sign in and to diagnose for %s", (_, code) => {
    expect(explain(answer(code), "question").actions).toEqual(["signIn", "diagnose", "showLog"]);
  });

  it.each([
    ["an environment that doesn't exist", 5, "selectEnvironment"],
    ["a state that doesn't allow it", 9, "refresh"],
    ["a concurrent change", 10, "refresh"],
  ])("offers the right action for %s", (_, code, action) => {
    expect(explain(answer(code, { retryable: true }), "change").actions).toEqual([action, "showLog"]);
  });

  it.each(["openSettings", "openProxySettings"] as const)(
    "offers the action that the server names: %s",
    (fix) => {
      for (const attempt of ["question", "change"] as const) {
        expect(explain(answer(3, { fix, outcome: "notApplied" }), attempt).actions).toEqual([fix, "showLog"]);
        expect(explain(answer(14, { fix, retryable: true }), attempt).actions).toEqual([
          fix,
          "diagnose",
          "showLog",
        ]);
      }
    },
  );

  it("offers a diagnosis if something other than the gateway might have responded", () => {
    expect(explain(answer(2, { retryable: false }), "question").actions).toEqual(["diagnose", "showLog"]);
  });

  it("offers to repeat a read if that might help", () => {
    expect(explain(answer(14, { retryable: true }), "question").actions).toEqual([
      "tryAgain",
      "diagnose",
      "showLog",
    ]);
    expect(explain(answer(14, { retryable: false }), "question").actions).toEqual(["diagnose", "showLog"]);
  });

  it.each([
    [{ retryable: true, outcome: "notApplied" }, "tryAgain"],
    [{ retryable: true, outcome: "unknown" }, "refresh"],
    [{ retryable: true, outcome: "applied" }, "refresh"],
    [{ retryable: true }, "refresh"],
  ])("offers to repeat a change only if it certainly didn't take effect: %j", (data, action) => {
    expect(explain(answer(14, data), "change").actions).toEqual([action, "diagnose", "showLog"]);
  });

  it("doesn't offer to repeat a request that was rejected for good", () => {
    expect(explain(answer(-32602, { outcome: "notApplied" }), "change").actions).toEqual(["showLog"]);
  });

  it("reports a lost server", () => {
    expect(explain({ code: -32097, message: "Pending response rejected" }, "question")).toEqual({
      message: "Companion's server stopped before it responded.",
      actions: ["tryAgain", "showLog"],
    });
  });

  it("has a message if the server sent none", () => {
    expect(explain({ code: 2, message: "" }, "question").message).toContain("error 2");
  });

  it("uses messages written for the user", () => {
    const error = new UserError("Install it.", ["getDotnet"]);
    expect(explain(error, "question")).toMatchObject({ message: "Install it.", actions: ["getDotnet"] });
  });

  it("reports its own errors as such", () => {
    expect(explain(new TypeError("x is undefined"), "question").message).toBe(
      "Something went wrong in Companion: x is undefined",
    );
  });
});
