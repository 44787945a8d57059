import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import { vsixPath } from "../../extension/scripts/package.mjs";
import { readZip } from "./zip.js";

const environmentId = "train-a";
const session: [method: string, params: object][] = [
  ["initialize", { initializationOptions: { gatewayUrl: "sandbox" } }],
  ["signIn", { apiKey: "fw_sandbox_main_0000000000000001" }],
  ["connect", { environmentId, connection: { nodePoolId: "h100-8x", numRanks: 8 } }],
  ["disconnect", { environmentId }],
  ["diagnose", {}],
  ["getReport", {}],
];

const agentSession: [method: string, params: object][] = [
  [
    "initialize",
    { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "test", version: "1" } },
  ],
  ["tools/list", {}],
  ["tools/call", { name: "list_environments" }],
];

/** Loaded is what is mapped, and only Linux tells. */
describe.skipIf(process.platform !== "linux" || !existsSync(vsixPath()))("the portable server", () => {
  const folder = mkdtempSync(join(tmpdir(), "companion-portable-"));
  beforeAll(() => {
    for (const { name, bytes } of readZip(vsixPath()).filter(({ name }) => /^extension\/server\//.test(name)))
      writeFileSync(join(folder, basename(name)), bytes());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("loads each assembly that is shipped with it, and misses none", async () => {
    const loaded = new Set([...(await loadedByEditor()), ...(await loadedByAgent())]);
    const shipped = readdirSync(folder).filter((name) => name.endsWith(".dll"));
    expect(shipped.filter((name) => !loaded.has(name))).toEqual([]);
  }, 60_000);

  const program = join(folder, "companion-server.dll");

  async function loadedByEditor(): Promise<string[]> {
    const server = spawn("dotnet", [program, "--stdio"]);
    const connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.listen();
    try {
      for (const [method, params] of session) await connection.sendRequest(method, params);
      return mapped(server.pid);
    } finally {
      connection.dispose();
      server.stdin.end();
      await once(server, "exit");
    }
  }

  /** Through the command line, as the Model Context Protocol. */
  async function loadedByAgent(): Promise<string[]> {
    const server = spawn("dotnet", [program, "mcp", "--gateway-url", "sandbox"], {
      env: { ...process.env, HOME: folder },
    });
    const answers = createInterface(server.stdout)[Symbol.asyncIterator]();
    try {
      for (const [method, params] of agentSession) {
        server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id: method, method, params })}\n`);
        const { value: answer } = await answers.next();
        expect(JSON.parse(String(answer))).toHaveProperty("result");
      }
      return mapped(server.pid);
    } finally {
      server.stdin.end();
      await once(server, "exit");
    }
  }
});

function mapped(pid: number | undefined): string[] {
  const maps = readFileSync(`/proc/${pid}/maps`, "utf8");
  return [...maps.matchAll(/\S+\.dll$/gm)].map(([path]) => basename(path));
}
