import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { onPath } from "../e2e/provision/run.mjs";
import { bareEnvironment, serverPath } from "./support/programs.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(join(root, "docs", "editors.md"), "utf8");

/** Runs the program in a language as it is on the page, and returns what it writes. */
function run(language: string, command: string, file: string): { status: number | null; lines: string[] } {
  const [, program = ""] = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "ms").exec(page) ?? [];
  expect(program).not.toBe("");
  const out = join(root, "out");
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(out, "editors-")); // there, Node.js finds the workspace's packages
  try {
    writeFileSync(join(folder, file), program);
    const options = { cwd: folder, env: bareEnvironment(), encoding: "utf8" } as const;
    const { status, stdout, stderr } = spawnSync(command, [file, serverPath], options);
    expect(stderr).toBe("");
    return { status, lines: stdout.trim().split(/\r?\n/) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function expectTheMainJob({ status, lines }: ReturnType<typeof run>): void {
  expect(status).toBe(0);
  expect(lines[0]).toBe("Connecting train-a to h100-8x");
  expect(lines.slice(-2)).toEqual(["train-a is CONNECTED to h100-8x", "train-a is DISCONNECTED"]);
}

describe("the page for other clients", () => {
  it("has a program for Node.js that works as it is", () =>
    expectTheMainJob(run("js", process.execPath, "connect.mjs")));

  const python = onPath("python3");
  if (python)
    it("has a program for Python that works as it is", () =>
      expectTheMainJob(run("python", python, "connect.py")));
});
