import { describe, expect, it, vi } from "vitest";
import { mementoOf } from "../../test/memento.js";
import { environment, roomWait } from "../../test/views.js";
import { RoomWaits } from "./roomWaits.js";

function harness(update?: () => Promise<void>) {
  const log = vi.fn();
  const memento = { ...mementoOf(), ...(update && { update }) };
  return { waits: new RoomWaits(memento, log), reopened: () => new RoomWaits(memento, log), log };
}

const other = environment({ environmentId: "other" });

describe("waits for room", () => {
  it("outlive the window, the latest of each environment", () => {
    const { waits, reopened } = harness();
    waits.keep(roomWait());
    waits.keep(roomWait({ id: "2", environment: other }));
    waits.keep(roomWait({ id: "3" }));
    waits.keep(roomWait({ id: "4", sandbox: true }));
    expect(reopened().all.map(({ id }) => id)).toEqual(["2", "3", "4"]);
  });

  it("are dropped one by one, and an earlier one doesn't take the latest with it", () => {
    const { waits, reopened } = harness();
    waits.keep(roomWait());
    waits.keep(roomWait({ id: "2" }));
    waits.drop("1");
    expect(reopened().all).toHaveLength(1);
    waits.drop("2");
    expect(reopened().all).toEqual([]);
  });

  it("that can't be saved are logged", async () => {
    const { waits, log } = harness(() => Promise.reject(new Error("disk full")));
    waits.keep(roomWait());
    await vi.waitFor(() =>
      expect(log).toHaveBeenCalledWith("Couldn't save what waits for room: Error: disk full"),
    );
  });
});
