import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import {
  type CallToolResult,
  LoggingMessageNotificationSchema,
  type Progress,
} from "@modelcontextprotocol/sdk/types.js";
import type { ErrorData } from "../../../extension/src/protocol.g.js";
import { bareEnvironment, serverPath } from "./programs.js";
import { type SandboxHost, sandboxKeys } from "./sandboxHost.js";

/** The structured content of an error. */
export interface ToolError {
  readonly code: number;
  readonly message: string;
  readonly nextSteps: readonly string[];
  readonly data?: ErrorData;
}

export const newFolder = () => mkdtempSync(join(tmpdir(), "companion-storage-"));

/** The environment variables of an agent's host, for the sandbox's main key. */
export function agentEnvironment(
  gateway: SandboxHost | "sandbox",
  env: NodeJS.ProcessEnv = {},
): Record<string, string> {
  const all = {
    ...bareEnvironment(newFolder()), // an agent's bounds count what all processes of a user have
    FIREWORKS_BASE_URL: gateway === "sandbox" ? gateway : gateway.url,
    FIREWORKS_API_KEY: sandboxKeys.main,
    COMPANION_STORAGE_PATH: newFolder(),
    ...env,
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** The official client of the Model Context Protocol, with `companion mcp` at the other end. */
export class Agent implements AsyncDisposable {
  readonly stderr: string[] = [];
  readonly log: unknown[] = [];

  private constructor(
    readonly client: Client,
    readonly transport: StdioClientTransport,
  ) {}

  /** Starts the process, and lists its tools, by whose schemas the client then checks each result. */
  static async start(gateway: SandboxHost | "sandbox", env?: NodeJS.ProcessEnv): Promise<Agent> {
    const transport = new StdioClientTransport({
      command: serverPath,
      args: ["mcp"],
      env: agentEnvironment(gateway, env),
      stderr: "pipe",
    });
    const agent = new Agent(new Client({ name: "test", version: "1.0.0" }), transport);
    transport.stderr?.on("data", (chunk) => agent.stderr.push(String(chunk)));
    agent.client.setNotificationHandler(
      LoggingMessageNotificationSchema,
      ({ params }) => void agent.log.push(params.data),
    );
    await agent.client.connect(transport);
    await agent.client.listTools();
    return agent;
  }

  /** Calls a tool. */
  async call(
    name: string,
    args: Record<string, unknown> = {},
    options: { onprogress?: (progress: Progress) => void; signal?: AbortSignal } = {},
  ): Promise<CallToolResult> {
    return (await this.client.callTool({ name, arguments: args }, undefined, options)) as CallToolResult;
  }

  /** Calls a tool that succeeds. */
  async result(name: string, args: Record<string, unknown> = {}, onprogress?: (progress: Progress) => void) {
    const result = await this.call(name, args, onprogress && { onprogress });
    if (result.isError) throw new Error(`${name} failed: ${text(result)}`);
    return { text: text(result), content: result.structuredContent as Record<string, unknown> };
  }

  /** Calls a tool that fails. */
  async failure(name: string, args: Record<string, unknown> = {}) {
    const result = await this.call(name, args);
    if (!result.isError) throw new Error(`${name} was expected to fail: ${text(result)}`);
    return { text: text(result), error: result.structuredContent?.error as ToolError };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
  }
}

function text({ content }: CallToolResult): string {
  const [first] = content;
  if (content.length !== 1 || first?.type !== "text")
    throw new Error(`not one text: ${JSON.stringify(content)}`);
  return first.text;
}

/** The process itself, for messages that the official client doesn't send. */
export class RawAgent implements AsyncDisposable {
  readonly lines: string[] = [];
  readonly stderr: string[] = [];
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcessWithoutNullStreams;

  constructor(gateway: SandboxHost | "sandbox", env?: NodeJS.ProcessEnv, args: readonly string[] = ["mcp"]) {
    this.#process = spawn(serverPath, args, { env: agentEnvironment(gateway, env) });
    this.exited = once(this.#process, "close").then(([code]) => code as number | null);
    createInterface(this.#process.stdout).on("line", (line) => this.lines.push(line));
    this.#process.stderr.on("data", (chunk) => this.stderr.push(String(chunk)));
  }

  /** Sends messages at once, without waiting for answers. */
  send(...messages: readonly (object | string)[]): void {
    const lines = messages.map((m) => (typeof m === "string" ? m : JSON.stringify({ jsonrpc: "2.0", ...m })));
    this.#process.stdin.write(lines.map((line) => `${line}\n`).join(""));
  }

  initialize(protocolVersion = "2025-11-25"): void {
    const clientInfo = { name: "test", version: "1.0.0" };
    this.send({ id: 0, method: "initialize", params: { protocolVersion, capabilities: {}, clientInfo } });
    this.send({ method: "notifications/initialized" });
  }

  /** Ends its input. */
  end(): void {
    this.#process.stdin.end();
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** What came with an id, or undefined. */
  answer(id: number): { result?: Record<string, unknown>; error?: { code: number } } | undefined {
    return this.messages().find((message) => message.id === id) as ReturnType<RawAgent["answer"]>;
  }

  messages(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.exited;
  }
}
