import { describe, expect, it } from "vitest";
import { initializationOptions, type Settings } from "./settings.js";

const nothing: Settings = {
  gatewayUrl: "",
  accountId: "",
  caFile: "",
  proxy: "",
  noProxy: [],
  strictSSL: undefined,
};
const surroundings = { vscodeVersion: "1.99.0", storagePath: "/storage", sandbox: false };

describe("initializationOptions", () => {
  it("says nothing that nobody has set", () => {
    expect(initializationOptions(nothing, surroundings)).toEqual({
      vscodeVersion: "1.99.0",
      storagePath: "/storage",
    });
  });

  it("says all that is set", () => {
    const all: Settings = {
      gatewayUrl: "https://gateway.test",
      accountId: "acme",
      caFile: "/ca.pem",
      proxy: "http://proxy:3128",
      noProxy: ["localhost"],
      strictSSL: false,
    };
    expect(initializationOptions(all, surroundings)).toEqual({
      ...all,
      vscodeVersion: "1.99.0",
      storagePath: "/storage",
    });
  });

  it("leads into the sandbox, where no account of the real gateway is", () => {
    const set = { ...nothing, gatewayUrl: "https://gateway.test", accountId: "acme" };
    const options = initializationOptions(set, { ...surroundings, sandbox: true });
    expect(options).toEqual({ vscodeVersion: "1.99.0", storagePath: "/storage", gatewayUrl: "sandbox" });
  });
});
