import { describe, expect, it } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { account, confirmed, environment } from "../../../test/views.js";
import { nothingKnown, type View } from "../../state/view.js";
import { menuItems } from "./items.js";

const commands = (view: View) => menuItems(view).map(({ command }) => command.replace("companion.", ""));

describe("menuItems", () => {
  it.each<[string, View, string[]]>([
    ["a connected environment", confirmed(), ["disconnect", "connect", "refresh"]],
    [
      "a disconnected one",
      confirmed(environment({ state: "DISCONNECTED" })),
      ["connect", "disconnect", "refresh"],
    ],
    ["no environment", { ...nothingKnown, account }, ["connect", "selectEnvironment", "trySandbox"]],
    ["being signed out", { ...nothingKnown, account: null }, ["signIn", "trySandbox", "restartServer"]],
    [
      "a server that has stopped",
      { ...nothingKnown, server: "failed" },
      ["restartServer", "showLog", "trySandbox"],
    ],
  ])("begins with what is likeliest for %s", (_, view, first) => {
    expect(commands(view).slice(0, first.length)).toEqual(first);
  });

  it("leads out of the sandbox, where there is no key to sign out with", () => {
    const shown = commands(confirmed(environment(), { sandbox: true }));
    expect(shown).toContain("leaveSandbox");
    for (const absent of ["trySandbox", "signIn", "signOut"]) expect(shown).not.toContain(absent);
  });

  it("offers to sign out only who is signed in", () => {
    expect(commands(confirmed())).toContain("signOut");
    expect(commands({ ...nothingKnown, account: undefined })).not.toContain("signOut");
  });

  it("offers only commands that are there", () => {
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    for (const view of [confirmed(), { ...nothingKnown, sandbox: true }, nothingKnown]) {
      expect(contributed).toEqual(expect.arrayContaining(menuItems(view).map(({ command }) => command)));
    }
  });
});
