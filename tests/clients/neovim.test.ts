import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { bareEnvironment, serverPath } from "../blackbox/support/programs.js";

const page = readFileSync(fileURLToPath(new URL("../../docs/editors.md", import.meta.url)), "utf8");

it("the page for other clients has a program for Neovim that works as it is", () => {
  const [, program = ""] = /^```lua\n(.*?)^```/ms.exec(page) ?? [];
  const cwd = mkdtempSync(join(tmpdir(), "companion-neovim-"));
  writeFileSync(join(cwd, "connect.lua"), program);
  const args = ["--headless", "-u", "NONE", "-c", "luafile connect.lua"];
  const env = { ...bareEnvironment(cwd), COMPANION_SERVER: serverPath };
  const { status, stdout } = spawnSync("nvim", args, { cwd, env, encoding: "utf8" });
  expect(status).toBe(0);
  const lines = stdout.trim().split("\n");
  expect(lines[0]).toBe("Connecting train-a to h100-8x");
  expect(lines.slice(-2)).toEqual(["train-a is CONNECTED to h100-8x", "train-a is DISCONNECTED"]);
});
