import { expect, it } from "vitest";
import { Deferred } from "./deferred.js";
import { SerialQueue } from "./serialQueue.js";

it("runs work in order, one at a time, also after a failure", async () => {
  const queue = new SerialQueue();
  const events: string[] = [];
  const first = new Deferred();
  const work = (name: string, wait: Promise<void>) => () => {
    events.push(`${name} begins`);
    return wait.then(() => name).finally(() => events.push(`${name} ends`));
  };
  const failing = queue.run(work("a", first.promise));
  const next = queue.run(work("b", Promise.resolve()));
  await Promise.resolve();
  expect(events).toEqual(["a begins"]);
  first.reject(new Error("no"));
  await expect(failing).rejects.toThrow("no");
  expect(await next).toBe("b");
  expect(events).toEqual(["a begins", "a ends", "b begins", "b ends"]);
});
