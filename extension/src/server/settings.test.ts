import { describe, expect, it } from "vitest";
import { initializationOptions, proxySecrets, type Settings } from "./settings.js";

const nothing: Settings = {
  gatewayUrl: "",
  accountId: "",
  caFile: "",
  proxy: "",
  proxySupport: "",
  proxyAuthorization: "",
  noProxy: [],
  strictSSL: undefined,
};
const hostInfo = { vscodeVersion: "1.99.0", storagePath: "/storage", sandbox: false };

describe("initializationOptions", () => {
  it("omits what isn't set", () => {
    expect(initializationOptions(nothing, hostInfo)).toEqual({
      vscodeVersion: "1.99.0",
      storagePath: "/storage",
    });
  });

  it("includes everything that's set", () => {
    const all: Settings = {
      gatewayUrl: "https://gateway.test",
      accountId: "acme",
      caFile: "/ca.pem",
      proxy: "http://proxy:3128",
      proxySupport: "off",
      proxyAuthorization: "Basic YWRhOnNlY3JldC13b3Jk",
      noProxy: ["localhost"],
      strictSSL: false,
    };
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
