import { describe, expect, it } from "vitest";
import { startError } from "./startError.js";

describe("startError", () => {
  it.each([
    ["spawn /ext/server/companion-server EACCES", "Antivirus"],
    ["spawn UNKNOWN", "Antivirus"],
    ["spawn /ext/server/companion-server ENOENT", "can't run on this system"],
    ["spawn ENOEXEC", "can't run on this system"],
    ["spawn Unknown system error -86", "can't run on this system"],
    ["spawn EPERM", "Antivirus"],
    ["spawn EBADARCH", "can't run on this system"],
    ["spawn EFTYPE", "can't run on this system"],
    ["something else", "didn't start: something else"],
  ])("explains %s", (reason, words) => {
    const { message, actions } = startError(new Error(reason));
    expect(message).toContain(words);
    expect(actions).toContain("restartServer");
  });
});
