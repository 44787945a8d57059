import { expect, it } from "vitest";
import { HandledEnvironments } from "./handledEnvironments.js";

const trainer = { accountId: "acme", environmentId: "trainer" };

it("handles an environment until the last handler has finished", async () => {
  const handledEnvironments = new HandledEnvironments();
  const ends: ((error?: Error) => void)[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  expect(handledEnvironments.has(trainer)).toBe(false);
  const first = handledEnvironments.run([trainer], work);
  const second = handledEnvironments.run([{ ...trainer }], work);
  expect(handledEnvironments.has({ ...trainer })).toBe(true);
  expect(handledEnvironments.has({ ...trainer, accountId: "globex" })).toBe(false);
  expect(handledEnvironments.has({ ...trainer, environmentId: "night" })).toBe(false);
  ends[0]?.(new Error("lost"));
  await expect(first).rejects.toThrow("lost");
  expect(handledEnvironments.has(trainer)).toBe(true);
  ends[1]?.();
  await second;
  expect(handledEnvironments.has(trainer)).toBe(false);
});

it("is free after the last handler, whatever happens to others", async () => {
  const handledEnvironments = new HandledEnvironments();
  const order: string[] = [];
  await handledEnvironments.free(trainer);
  const night = { ...trainer, environmentId: "night" };
  const handler = handledEnvironments.run([trainer], async () => {
    await handledEnvironments.run([night], async () => {});
    order.push("handled");
  });
  await Promise.all([handler, handledEnvironments.free(trainer).then(() => order.push("free"))]);
  expect(order).toEqual(["handled", "free"]);
});
