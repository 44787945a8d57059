import { expect, it } from "vitest";
import { Attended } from "./attended.js";

const trainer = { accountId: "acme", environmentId: "trainer" };

it("knows an environment as attended until the last who sees to it has ended, however it ended", async () => {
  const attended = new Attended();
  const ends: ((error?: Error) => void)[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve())));
  expect(attended.has(trainer)).toBe(false);
  const first = attended.run([trainer], work);
  const second = attended.run([{ ...trainer }], work);
  expect(attended.has({ ...trainer })).toBe(true);
  expect(attended.has({ ...trainer, accountId: "globex" })).toBe(false);
  expect(attended.has({ ...trainer, environmentId: "night" })).toBe(false);
  ends[0]?.(new Error("lost"));
  await expect(first).rejects.toThrow("lost");
  expect(attended.has(trainer)).toBe(true);
  ends[1]?.();
  await second;
  expect(attended.has(trainer)).toBe(false);
});
