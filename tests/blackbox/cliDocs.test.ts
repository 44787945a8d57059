import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { CliUser } from "./support/cli.js";
import { serverPath } from "./support/programs.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";

const docs = fileURLToPath(new URL("../../docs/", import.meta.url));
const page = readFileSync(join(docs, "cli.md"), "utf8");

/** The lines in the shell examples of a page. */
function examplesOf(file: string): string[] {
  const blocks = [...readFileSync(join(docs, file), "utf8").matchAll(/^```sh\n(.*?)^```/gms)];
  return blocks.flatMap(([, block = ""]) => block.trim().split("\n"));
}

describe("the page about the command line", () => {
  it.each(["cli.md", "agents/SKILL.md"])(
    "has examples that work as they are, in their order: %s",
    async (file) => {
      await using gateway = await SandboxHost.start();
      const user = (file === "cli.md" ? CliUser.newcomer(gateway) : CliUser.withKey(gateway)).hasSystemd();
      const examples = examplesOf(file);
      symlinkSync(join(dirname(serverPath), "companion"), join(user.home, "bin", "companion"));
      chmodSync(join(dirname(serverPath), "companion"), 0o755);
      writeFileSync(join(user.home, "key.txt"), `${sandboxKeys.main}\n`);
      expect(examples.length).toBeGreaterThan(4);
      for (const example of examples) {
        const options = { env: user.env, cwd: user.home, encoding: "utf8" } as const;
        const { status, stderr } = spawnSync("sh", ["-c", example], options);
        expect(status, `${example}\n${stderr}`).toBe(0);
      }
    },
  );

  it("has the table of exit codes that the help prints", async () => {
    await using gateway = await SandboxHost.start();
    const { stdout } = await CliUser.newcomer(gateway).run("--help");
    const inHelp = [...stdout.matchAll(/^ {2}(\d+) +(\S.*)$/gm)].map(
      ([, code, meaning]) => `| ${code} | ${meaning} |`,
    );
    expect(inHelp).toHaveLength(8);
    expect(page).toContain(inHelp.join("\n"));
  });

  it("describes each command", async () => {
    await using gateway = await SandboxHost.start();
    const { stdout } = await CliUser.newcomer(gateway).run("--help");
    const [, list = ""] = /Commands:\n((?: .*\n)+)/.exec(stdout) ?? [];
    const commands = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name = ""]) => name);
    expect(commands).toContain("connect");
    for (const command of commands) expect(page).toContain(`companion ${command}`);
  });
});
