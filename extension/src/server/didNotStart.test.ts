import { describe, expect, it } from "vitest";
import { didNotStart } from "./didNotStart.js";

describe("didNotStart", () => {
  it.each([
    ["spawn /ext/server/companion-server EACCES", "antivirus"],
    ["spawn UNKNOWN", "antivirus"],
    ["spawn /ext/server/companion-server ENOENT", "not a program for this system"],
    ["spawn ENOEXEC", "not a program for this system"],
    ["spawn Unknown system error -86", "not a program for this system"],
    ["something else", "did not start: something else"],
  ])("explains %s", (reason, words) => {
    const { message, actions } = didNotStart(new Error(reason));
    expect(message).toContain(words);
    expect(actions).toContain("restartServer");
  });
});
