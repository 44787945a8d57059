import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ExtensionContext, LogOutputChannel } from "vscode";
import { createServer } from "../../extension/src/createServer.js";
import { EventRecord } from "../../extension/src/log/eventRecord.js";
import { SecretMask } from "../../extension/src/log/secretMask.js";
import { RecordingLog, recorded } from "../../extension/test/vscode.js";
import { clientProcess, serverPath } from "../blackbox/support/programs.js";
import { Server } from "../blackbox/support/server.js";

const ownProcess = process.pid;

/** The server as the extension creates it, with the stub of VS Code. */
function extensionServer(log: RecordingLog) {
  const mask = new SecretMask();
  return createServer({
    context: {
      extensionPath: "/nowhere",
      globalStorageUri: { fsPath: mkdtempSync(join(tmpdir(), "companion storage ")) },
    } as ExtensionContext,
    log: log as unknown as LogOutputChannel,
    memory: { sandbox: true } as Parameters<typeof createServer>[0]["memory"],
    mask,
    record: new EventRecord((text) => mask.apply(text)),
  });
}

/** Gives the extension the process of another server, if this one is unknown to the server's system. */
async function visibleProcess(): Promise<AsyncDisposable | undefined> {
  if ("processId" in clientProcess) return undefined;
  const other = await Server.open({ gatewayUrl: "sandbox" });
  const { processId } = await other.request("getReport", {});
  Object.defineProperty(process, "pid", { value: processId });
  return other;
}

afterEach(() => {
  Object.defineProperty(process, "pid", { value: ownProcess });
  recorded.settings.clear();
});

describe("the extension", () => {
  it("starts the server in companion.server.path, in a folder with a space in its name, and ends it", async () => {
    await using _ = await visibleProcess();
    expect(serverPath).toContain(" ");
    recorded.settings.set("companion.server.path", serverPath);
    const log = new RecordingLog();
    const server = extensionServer(log);
    await server.ready();
    expect(server.gateway).toMatchObject({ sandbox: true });
    await server.request("getAccount", {});
    await server.stop();
    expect(log.text).toContain(`info Starting ${serverPath}`);
    expect(log.text).toContain("info The server process exited: 0");
    expect(log.lines.filter((line) => /^(warn|error|trace stderr)/.test(line))).toEqual([]);
  });
});
