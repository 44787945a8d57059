import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { CancellationError, CancellationTokenSource } from "vscode";
import type { App } from "../../app.js";
import { Signal } from "../../util/signal.js";
import { offerTools } from "./languageModelTools.js";
import type { Tool, ToolApi } from "./toolApi.js";

/** A server that says which process it is and what it got, and answers `wait` only if it's canceled. */
const script = `
import { createInterface } from "node:readline";
const send = (message) => console.log(JSON.stringify({ jsonrpc: "2.0", ...message }));
createInterface(process.stdin).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === "initialize") send({ id, result: {} });
  if (method === "notifications/cancelled") console.error("canceled " + params.requestId);
  if (method !== "tools/call" || params.arguments.wait) return;
  if (params.arguments.end) process.exit(1);
  const seen = [process.pid, process.argv.at(-1), params.name, process.env.FIREWORKS_API_KEY];
  send({ id, result: { content: [{ type: "text", text: JSON.stringify(seen) }] } });
});
`;
const apiKey = "fw_a_key_for_agents_0000";
const disposables: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of disposables.splice(0)) one.dispose();
});

function offered() {
  const file = join(mkdtempSync(join(tmpdir(), "companion-mcp-")), "server.mjs");
  writeFileSync(file, script);
  const lines: string[] = [];
  const onChange = new Signal<void>();
  const app = {
    context: {
      extension: {
        packageJSON: {
          contributes: {
            languageModelTools: [{ name: "companion_get_environment", displayName: "Get environment" }],
          },
        },
      },
      globalStorageUri: { fsPath: "/storage" },
    },
    credentials: {
      choose: async () => ({ kind: "stored", at: 1, apiKey, accountId: "acme" }),
      onChange,
    },
    session: { ensureReady: async () => undefined },
    store: { view: { sandbox: false } },
    log: { info: (line: string) => lines.push(line) },
  } as unknown as App;
  const tools = new Map<string, Tool>();
  const api = {
    LanguageModelTextPart: class {
      constructor(readonly value: string) {}
    },
    LanguageModelToolResult: class {
      constructor(readonly content: readonly { value: string }[]) {}
    },
    lm: {
      registerTool(name: string, tool: Tool) {
        tools.set(name, tool);
        return { dispose: () => tools.delete(name) };
      },
    },
  } as unknown as ToolApi;
  const program = { command: process.execPath, args: [file], cwd: tmpdir() };
  disposables.push(offerTools(app, async () => program, api));
  const tool = tools.get("companion_get_environment");
  if (!tool) throw new Error("The tool isn't registered.");
  const source = new CancellationTokenSource();
  const call = async (input = {}) => {
    const result = (await tool.invoke({ input }, source.token as never)) as { content: { value: string }[] };
    return JSON.parse(result.content[0]?.value ?? "") as [number, string, string, string];
  };
  return { call, cancel: () => source.cancel(), onChange, lines };
}

describe("the tools for agents in VS Code", () => {
  it("call the tool of the same name in one process, which has the key", async () => {
    const { call } = offered();
    const [first, ...rest] = await call();
    expect(rest).toEqual(["mcp", "get_environment", apiKey]);
    expect((await call())[0]).toBe(first);
  });

  it("pass on a cancellation, and don't wait for an answer then", async () => {
    const { call, cancel, lines } = offered();
    const waiting = call({ wait: true });
    await call();
    cancel();
    await expect(waiting).rejects.toBeInstanceOf(CancellationError);
    await expect.poll(() => lines).toEqual([expect.stringMatching(/^canceled \d+$/)]);
  });

  it("say that a change may still take effect if the process ends, and start another one then", async () => {
    const { call } = offered();
    const [first] = await call();
    await expect(call({ end: true })).rejects.toThrow("may still take effect");
    expect((await call())[0]).not.toBe(first);
  });

  it("start another process for another key", async () => {
    const { call, onChange } = offered();
    const [first] = await call();
    onChange.fire();
    expect((await call())[0]).not.toBe(first);
  });

  it("aren't offered by a VS Code without tools", () => {
    expect(() => offerTools({} as App, async () => ({}) as never, undefined).dispose()).not.toThrow();
  });
});
