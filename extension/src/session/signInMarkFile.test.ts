import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { SignInMarkFile } from "./signInMarkFile.js";

const root = mkdtempSync(join(tmpdir(), "companion-mark-"));
const folder = join(root, "storage");
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("the file of the mark", () => {
  it("is read as it was written, also by another window", async () => {
    const mark = { signedInAt: 1, signedOutAt: 2, foundIn: "FIREWORKS_API_KEY" };
    expect(new SignInMarkFile(folder).read()).toEqual({});
    await new SignInMarkFile(folder).write(mark);
    expect(new SignInMarkFile(folder).read()).toEqual(mark);
  });

  it.each(["", "{", "[]", '"x"', "null", '{"signedOutAt":"yesterday","other":1}'])(
    "returns an empty mark for %j",
    async (text) => {
      await new SignInMarkFile(folder).write({});
      writeFileSync(join(folder, "sign-in.json"), text);
      expect(new SignInMarkFile(folder).read()).toEqual({});
    },
  );

  it("reports changes from another window until it's disposed", async ({ signal }) => {
    const here = new SignInMarkFile(folder);
    const errors: unknown[] = [];
    let seen = false;
    await here.write({});
    const look = () => {
      seen ||= here.read().signedOutAt === 5;
    };
    const watching = here.watch(look, (error) => errors.push(error));
    // A watcher takes a moment to start, so write until it reports the change.
    while (!seen && !signal.aborted) {
      await new SignInMarkFile(folder).write({ signedOutAt: 5 });
      await setImmediate();
    }
    watching.dispose();
    expect([seen, errors]).toEqual([true, []]);
  });
});
