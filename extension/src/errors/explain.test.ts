import { describe, expect, it } from "vitest";
import { explain } from "./explain.js";
import { UserError } from "./userError.js";

describe("explain", () => {
  it("uses the server's message, detail, and actions, and always offers the log", () => {
    const data = { detail: "Try again first.", actions: ["tryAgain", "rebuildSnapshots"] };
    expect(explain({ code: 13, message: "The gateway says no.", data })).toEqual({
      message: "The gateway says no.",
      detail: "Try again first.",
      actions: ["tryAgain", "rebuildSnapshots", "showLog"],
    });
  });

  it("offers only the log for an error without data", () =>
    expect(explain({ code: -32602, message: "No." })).toEqual({ message: "No.", actions: ["showLog"] }));

  it("reports a lost server", () => {
    expect(explain({ code: -32097, message: "Pending response rejected" })).toEqual({
      message: "Companion's server stopped before it responded.",
      actions: ["tryAgain", "showLog"],
    });
  });

  it("uses messages written for the user", () => {
    const error = new UserError("Install it.", ["getDotnet"]);
    expect(explain(error)).toMatchObject({ message: "Install it.", actions: ["getDotnet"] });
  });

  it("reports its own errors as such", () => {
    expect(explain(new TypeError("x is undefined")).message).toBe(
      "Something went wrong in Companion: x is undefined",
    );
  });
});
