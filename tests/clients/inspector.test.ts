import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { CliUser } from "../blackbox/support/cli.js";
import { serverPath } from "../blackbox/support/programs.js";
import { SandboxHost } from "../blackbox/support/sandboxHost.js";

const inspector = "@modelcontextprotocol/inspector@2.12.0";

function inspect(user: CliUser, ...args: readonly string[]) {
  const command = ["--yes", inspector, "--cli", serverPath, "mcp", ...args];
  const env = Object.entries(user.env).flatMap(([name, value]) =>
    /^FIREWORKS_|^HOME$/.test(name) ? ["-e", `${name}=${value}`] : [],
  );
  const options = { env: { ...process.env, HOME: user.home }, encoding: "utf8" } as const;
  return spawnSync("npx", [...command, ...env], options);
}

it("the inspector lists and calls the tools", async () => {
  await using gateway = await SandboxHost.start();
  const user = CliUser.withKey(gateway);
  const list = inspect(user, "--method", "tools/list");
  expect(list.stdout, list.stderr).toContain('"connect_environment"');
  const call = inspect(
    user,
    "--method",
    "tools/call",
    "--tool-name",
    "get_environment",
    "--tool-arg",
    "environmentId=train-a",
  );
  expect(call.stdout, call.stderr).toContain("DISCONNECTED");
});
