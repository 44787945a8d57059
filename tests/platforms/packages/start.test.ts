import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { version } from "../../../extension/scripts/common.mjs";
import { serverPath } from "../../blackbox/support/programs.js";
import { Server } from "../../blackbox/support/server.js";
import { target } from "./package.js";

describe(`the server in the package for ${target}`, () => {
  it("prints its version", () => {
    const { status, stdout, stderr } = spawnSync(serverPath, ["--version"], { encoding: "utf8" });
    expect({ status, stdout: stdout.trim(), stderr }).toEqual({
      status: 0,
      stdout: `companion-server ${version()}`,
      stderr: "",
    });
  });

  it("responds to initialize and shutdown, and exits with 0", async () => {
    await using server = await Server.open({ gatewayUrl: "sandbox" });
    await server.connection.sendRequest("shutdown");
    await server.connection.sendNotification("exit");
    expect(await server.exited).toBe(0);
    expect(server.stderr).toEqual([]);
  });

  if (target === "alpine-x64")
    it("reports that OpenSSL is missing, and keeps running", async () => {
      await using server = await Server.open({ gatewayUrl: "sandbox" });
      const list = () => server.connection.sendRequest("listEnvironments", {});
      await expect(list()).rejects.toThrow("needs OpenSSL");
      await expect(list()).rejects.toThrow("needs OpenSSL");
    });
});
