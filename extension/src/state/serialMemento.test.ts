import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Memento } from "./memory.js";
import { SerialMemento } from "./serialMemento.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const pass = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Like VS Code's globalState: sends all values a moment after a change, and replaces them when that's confirmed. */
class ConfirmingMemento implements Memento {
  values: Record<string, unknown> = {};
  #sending: Promise<void> | undefined;

  get<T>(key: string): T | undefined {
    return this.values[key] as T | undefined;
  }

  update(key: string, value: unknown): Promise<void> {
    this.values = { ...this.values, [key]: value };
    this.#sending ??= this.#send();
    return this.#sending;
  }

  async #send(): Promise<void> {
    await pass(10);
    this.#sending = undefined;
    const sent = this.values;
    await pass(8);
    this.values = sent;
  }
}

it("keeps a value that's set while another one is being written, which VS Code loses", async () => {
  const direct = new ConfirmingMemento();
  const inner = new ConfirmingMemento();
  for (const memento of [direct, new SerialMemento(inner)]) {
    void memento.update("a", 1);
    await vi.advanceTimersByTimeAsync(12); // sent, but not confirmed
    void memento.update("b", 2);
    await vi.advanceTimersByTimeAsync(50);
  }
  expect(direct.values).toEqual({ a: 1 });
  expect(inner.values).toEqual({ a: 1, b: 2 });
});

it("returns the latest value at once, and the earlier one if it can't be saved", async () => {
  const inner = new ConfirmingMemento();
  const memento = new SerialMemento(inner);
  void memento.update("a", 1);
  await vi.advanceTimersByTimeAsync(50);
  inner.update = () => Promise.reject(new Error("The disk is full."));
  const failing = memento.update("a", 2);
  expect(memento.get("a")).toBe(2);
  await expect(failing).rejects.toThrow("The disk is full.");
  expect(memento.get("a")).toBe(1);
});

it("writes the last of several values last", async () => {
  const inner = new ConfirmingMemento();
  const memento = new SerialMemento(inner);
  for (const value of [1, 2, 3]) void memento.update("a", value);
  expect(memento.get("a")).toBe(3);
  await vi.advanceTimersByTimeAsync(100);
  expect([memento.get("a"), inner.values]).toEqual([3, { a: 3 }]);
});
