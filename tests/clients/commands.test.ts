import { describe, expect, it } from "vitest";
import { CliUser } from "../blackbox/support/cli.js";
import { SandboxHost, sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { install, Terminal } from "./terminal.js";

describe("a person in a terminal", () => {
  it("sees a table with headings, in color unless they don't want it", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    install(user);
    using terminal = new Terminal(user, "bash --norc --noprofile");
    await terminal.run("companion list", /^ENVIRONMENT +STATE +NODE POOL/m);
    await terminal.run("clear; companion list | cat", /^train-a\s+DISCONNECTED/m);
    expect(terminal.text).not.toContain("ENVIRONMENT");
    await terminal.run("clear; companion list | od -c | grep -c 033", /^0$/m);
    for (const how of ["NO_COLOR=1 companion list", "TERM=dumb companion list", "companion list --no-color"])
      await terminal.run(`clear; script -qec '${how}' /dev/null | grep -c $'\\033'`, /^0$/m);
  });

  it("sees the progress of a connect, and after Ctrl+C what the gateway still does", async () => {
    await using gateway = await SandboxHost.start();
    await gateway.hold();
    const user = CliUser.withKey(gateway);
    install(user);
    using terminal = new Terminal(user, "bash --norc --noprofile");
    await terminal.run(
      "companion connect train-a --node-pool h100-8x --ranks 8",
      /Connecting train-a.* · 0:0\d/,
    );
    await terminal.shows(/Current state: Connecting/);
    terminal.press("C-c");
    await terminal.shows(/may still connect/);
    await terminal.run("echo code $?", /^code 130$/m);
  });

  it("answers questions, and types a key that isn't shown", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.newcomer(gateway);
    install(user);
    using terminal = new Terminal(user, "bash --norc --noprofile");
    await terminal.run("companion login", /^API key:/m);
    await terminal.run(sandboxKeys.main, /^Signed in to acme-research/m);
    expect(terminal.text).not.toContain(sandboxKeys.main);
    await terminal.run("companion connect eval-c --node-pool h100-8x --ranks 4", /\[y\/N\]/);
    await terminal.run("n", /Nothing was sent/);
    expect((await gateway.posts()).length).toBe(0);
  });
});

it("1,000 commands, 32 at a time, share one storage folder", async () => {
  await using gateway = await SandboxHost.start(["--connect-ms", "10", "--disconnect-ms", "10"]);
  const user = CliUser.withKey(gateway);
  const kinds = [
    "status train-a --json",
    "connect train-a --node-pool h100-8x --ranks 8 --yes --json --quiet",
    "disconnect train-a --json --quiet",
    "lease train-a --json",
    "list --json",
  ];
  const codes = new Map<string, number>();
  let next = 0;
  const work = async () => {
    while (next < 1000) {
      const kind = kinds[next++ % kinds.length] ?? "";
      const { status, stdout, stderr } = await user.run(kind);
      expect(stderr).not.toContain("Unhandled");
      const result = JSON.parse(stdout) as { error?: { data?: { outcome?: string } } };
      if (status !== 0) expect(result.error?.data?.outcome ?? "none").not.toBe("unknown");
      const key = `${kind.split(" ")[0]} ${status}`;
      codes.set(key, (codes.get(key) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: 32 }, work));
  console.log(Object.fromEntries(codes));
  // Each change that was reported as done, and only those, changed something at the gateway, apart from those that were already done.
  const sent = (verb: string) =>
    gateway.posts().then((posts) => posts.filter(({ path }) => path.endsWith(verb)).length);
  expect(await sent(":connect")).toBeGreaterThan(0);
  expect(await sent(":connect")).toBeLessThanOrEqual(200);
  expect(await sent(":disconnect")).toBeLessThanOrEqual(200);
  expect([...codes.keys()].filter((key) => / (2|134|null)$/.test(key))).toEqual([]);
});
