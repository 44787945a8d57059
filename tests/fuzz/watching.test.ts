import { spawn } from "node:child_process";
import { cpus } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { fairClock } from "./fairClock.js";
import { findForms, formsOf, key, keySearch } from "./keySearch.js";
import { LeakWatch } from "./memory.js";

describe("the search for a key", () => {
  const forms = formsOf(key);

  it("finds each form, also across lines and pieces", () => {
    for (const form of forms) {
      const [start, end] = [form.slice(0, 9), form.slice(9)];
      expect(findForms(`a${form}b`, forms)).not.toEqual([]);
      expect(findForms(`a${start}\n  ${end}b`, forms)).not.toEqual([]);
      expect([`a${start}`, `${end}b`].map(keySearch(key))).toEqual([false, true]);
    }
  });

  it("finds a key within encoded text", () => {
    for (const before of ["", ":", "u:"])
      for (const alphabet of ["base64", "base64url"] as const) {
        const text = Buffer.from(`${before}${key}@gateway`).toString(alphabet);
        expect(findForms(text, forms)).not.toEqual([]);
        expect(findForms(Buffer.from(text, "utf16le").toString("latin1"), forms)).not.toEqual([]);
      }
  });

  it("finds a key among millions of zeros, and where line ends are escaped", () => {
    const zeros = "\0".repeat(20_000_000);
    expect(findForms(`${zeros}${key.slice(0, 9)}${zeros}${key.slice(9)}`, forms)).toContain(key);
    expect(findForms(`${key.slice(0, 9)} \\n\\\\r"\\ ${key.slice(9)}`, forms)).toContain(key);
  });

  it("finds no other key", () => {
    expect(findForms("fw_sandbox_second_0000000000000002", forms)).toEqual([]);
  });
});

describe("memory", () => {
  const sawtooth = (sample: number) => (sample % 4) * 6; // as a heap that grows and is collected
  it.each<[when: string, memory: (sample: number) => number, isLeak: boolean]>([
    ["goes up and down", (sample) => 30 + sawtooth(sample), false],
    ["grows during the warm-up and stays there", (sample) => Math.min(30 + 2 * sample, 46), false],
    ["settles at a higher level later", (sample) => (sample < 100 ? 30 : 55) + sawtooth(sample), false],
    ["grows slowly without end", (sample) => 30 + 0.2 * sample + sawtooth(sample), true],
  ])("that %s", (_, memory, isLeak) => {
    const watch = new LeakWatch({ samples: 4, warmUp: 2, rising: 3, allowance: 10 });
    const found = Array.from({ length: 400 }, (_, sample) => watch.add(memory(sample))).findIndex(Boolean);
    expect(found > 50 && found < 120 ? "leak" : found).toBe(isLeak ? "leak" : -1);
  });
});

describe("the clock", () => {
  /** What it shows after a second, for the first of several processes with this script. */
  async function secondOf(script: string, count: number): Promise<number> {
    const children = Array.from({ length: count }, () => spawn(process.execPath, ["-e", script]));
    try {
      await delay(300); // until they have started
      const clock = fairClock(children[0]?.pid);
      for (let read = 0; read < 10; read++) {
        await delay(100);
        clock();
      }
      return clock();
    } finally {
      for (const child of children) child.kill("SIGKILL");
    }
  }

  it("counts the time of a process that waits", async () => {
    expect(await secondOf("setInterval(() => {}, 1e6)", 1)).toBeGreaterThan(600);
  });

  it.skipIf(process.platform !== "linux")("counts less if a process shares its core", async () => {
    expect(await secondOf("for (;;);", cpus().length * 5)).toBeLessThan(700);
  });
});
