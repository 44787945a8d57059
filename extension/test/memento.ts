import type { Memento } from "../src/state/memory.js";

/** VS Code's state without VS Code. */
export function mementoOf(kept = new Map<string, unknown>()): Memento {
  return {
    get: <T>(key: string) => kept.get(key) as T | undefined,
    update: async (key, value) => void kept.set(key, value),
  };
}
