import { afterEach, describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { recorded } from "../../test/vscode.js";
import { settingsInEffect } from "./settingsInEffect.js";

afterEach(() => recorded.settings.clear());

describe("settingsInEffect", () => {
  it("has every setting of the manifest", () => {
    const names = settingsInEffect().map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.contributes.configuration.properties)));
  });

  it("tells only whether a setting that might contain a secret is set", () => {
    recorded.settings.set("http.proxy", "http://ada:secret@proxy:3128");
    recorded.settings.set("http.proxyAuthorization", "Basic YWRhOnNlY3JldC13b3Jk");
    recorded.settings.set("http.noProxy", ["localhost"]);
    const told = settingsInEffect().filter(({ isSet }) => isSet);
    expect(told).toEqual([
      { name: "http.proxy", isSet: true, origin: "user" },
      { name: "http.proxyAuthorization", isSet: true, origin: "user" },
      { name: "http.noProxy", isSet: true, value: '["localhost"]', origin: "user" },
    ]);
  });
});
