import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
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

/** Loaded is what is mapped, and only Linux tells. */
describe.skipIf(process.platform !== "linux" || !existsSync(vsixPath()))("the portable server", () => {
  const folder = mkdtempSync(join(tmpdir(), "companion-portable-"));
  beforeAll(() => {
    for (const { name, bytes } of readZip(vsixPath()).filter(({ name }) => /^extension\/server\//.test(name)))
      writeFileSync(join(folder, basename(name)), bytes());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("loads each assembly that is shipped with it, and misses none", async () => {
    const server = spawn("dotnet", [join(folder, "companion-server.dll"), "--stdio"]);
    const connection = createMessageConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.listen();
    try {
      for (const [method, params] of session) await connection.sendRequest(method, params);
      const maps = readFileSync(`/proc/${server.pid}/maps`, "utf8");
      const loaded = new Set([...maps.matchAll(/\S+\.dll$/gm)].map(([path]) => basename(path)));
      const shipped = readdirSync(folder).filter((name) => name.endsWith(".dll"));
      expect(shipped.filter((name) => !loaded.has(name))).toEqual([]);
    } finally {
      connection.dispose();
      server.stdin.end();
      await once(server, "exit");
    }
  }, 60_000);
});
