import { describe, expect, it } from "vitest";
import { Deferred } from "./deferred.js";
import { KeyedLock } from "./keyedLock.js";

describe("KeyedLock", () => {
  it("allows one operation at a time for a key, and the next one afterwards", async () => {
    const exclusive = new KeyedLock();
    const gate = new Deferred();
    const first = exclusive.run("a", () => gate.promise);
    expect(await exclusive.run("a", async () => "second")).toEqual({ ran: false });
    expect(await exclusive.run("b", async () => "other")).toEqual({ ran: true, value: "other" });
    gate.resolve();
    await first;
    expect(await exclusive.run("a", async () => "third")).toEqual({ ran: true, value: "third" });
  });

  it("is released after a failure", async () => {
    const exclusive = new KeyedLock();
    await expect(exclusive.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await exclusive.run("a", async () => 1)).toEqual({ ran: true, value: 1 });
  });
});
