import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadPages } from "./pages.js";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A list whose pages the test sends. Records what is shown, and when. */
function list(begin?: () => Promise<void>, patience = 100) {
  const pages: string[] = [];
  const shown: string[] = [];
  let send: (page: string) => void = () => undefined;
  let end: (error?: Error) => void = () => undefined;
  const loaded = loadPages<string>({
    ask: (onPage) =>
      new Promise<void>((resolve, reject) => {
        send = onPage;
        end = (error) => (error ? reject(error) : resolve());
      }),
    add: (page) => pages.push(page),
    ...(begin && { begin }),
    patience,
    show: () => shown.push(pages.join("")),
  });
  loaded.catch(() => undefined);
  return { loaded, shown, send, end };
}

describe("loadPages", () => {
  it("shows a list once if it arrives soon", async () => {
    const { loaded, shown, send, end } = list();
    send("a");
    await vi.advanceTimersByTimeAsync(60);
    send("b");
    end();
    await loaded;
    expect(shown).toEqual(["ab"]);
  });

  it("otherwise shows what's there, and each later page", async () => {
    const { loaded, shown, send, end } = list();
    send("a");
    await vi.advanceTimersByTimeAsync(100);
    expect(shown).toEqual(["a"]);
    send("b");
    send("c");
    end();
    await loaded;
    expect(shown).toEqual(["a", "ab", "abc"]);
  });

  it("shows the first page at once by default", async () => {
    const { loaded, shown, send, end } = list(undefined, 0);
    send("a");
    await vi.advanceTimersByTimeAsync(0);
    expect(shown).toEqual(["a"]);
    end();
    await loaded;
  });

  it("shows an empty list", async () => {
    const { loaded, shown, end } = list();
    end();
    await loaded;
    expect(shown).toEqual([""]);
  });

  it("waits for what the first page started, and fails with it", async () => {
    const { loaded, shown, send, end } = list(() => Promise.reject(new Error("no")));
    send("a");
    end();
    await expect(loaded).rejects.toThrow("no");
    expect(shown).toEqual([]);
  });

  it("fails with the list, after showing what arrived", async () => {
    const { loaded, shown, send, end } = list();
    send("a");
    await vi.advanceTimersByTimeAsync(100);
    end(new Error("lost"));
    await expect(loaded).rejects.toThrow("lost");
    expect(shown).toEqual(["a"]);
  });
});
