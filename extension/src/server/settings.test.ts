import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { initializationOptions, proxySecrets, type Settings, serverSettings } from "./settings.js";

const unset = Object.entries(serverSettings).map(([name, setting]) => [name, setting.unset]);
const nothing = Object.fromEntries(unset) as Settings;
const hostInfo = { vscodeVersion: "1.99.0", storagePath: "/storage", sandbox: false };

describe("initializationOptions", () => {
  it("omits what isn't set", () => {
    expect(initializationOptions(nothing, hostInfo)).toEqual({
      vscodeVersion: "1.99.0",
      storagePath: "/storage",
    });
  });

  it("includes everything that's set", () => {
    const all = {
      gatewayUrl: "https://gateway.test",
      accountId: "acme",
      caFile: "/ca.pem",
      proxy: "http://proxy:3128",
      proxySupport: "off",
      proxyAuthorization: "Basic YWRhOnNlY3JldC13b3Jk",
      noProxy: ["localhost"],
      strictSSL: false,
    };
    expect(Object.keys(all).sort(), "a value of each setting").toEqual(Object.keys(serverSettings).sort());
    expect(initializationOptions(all, hostInfo)).toEqual({
      ...all,
      vscodeVersion: "1.99.0",
      storagePath: "/storage",
    });
  });

  it("selects the sandbox, without an account of the real gateway", () => {
    const set = { ...nothing, gatewayUrl: "https://gateway.test", accountId: "acme" };
    const options = initializationOptions(set, { ...hostInfo, sandbox: true });
    expect(options).toEqual({ vscodeVersion: "1.99.0", storagePath: "/storage", gatewayUrl: "sandbox" });
  });
});

describe("the manifest", () => {
  const ids = Object.values(serverSettings).map(({ id }) => id);

  it.each(ids.filter((id) => id.startsWith("companion.")))("has %s", (id) => {
    expect(manifest.contributes.configuration.properties).toHaveProperty([id]);
  });
});

describe("proxySecrets", () => {
  it.each([
    ["http://ada:secret%20word@proxy:3128", "", ["secret%20word", "secret word"]],
    ["ada:secret-word@proxy", "", ["secret-word"]],
    ["http://proxy:3128", "Basic YWRhOnNlY3JldC13b3Jk", ["YWRhOnNlY3JldC13b3Jk"]],
    ["http://ada:10%25@proxy", "", []],
    ["http://ada:secret%zz@proxy", "", ["secret%zz"]],
    ["", "", []],
  ])("finds the secrets in %s", (proxy, proxyAuthorization, secrets) => {
    expect(proxySecrets({ ...nothing, proxy, proxyAuthorization })).toEqual(secrets);
  });
});
