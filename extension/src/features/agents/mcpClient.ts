import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import type { Program } from "../../server/client.js";
import { serverEnvironment } from "../../server/environment.js";
import { agentArguments } from "./agentProcess.js";

/** A version of the protocol that the server supports. */
const protocolVersion = "2025-06-18";

/** The part of a tool's result that agents read. */
export interface ToolResult {
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
}

interface Response {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A client of `companion mcp`, for tools that VS Code calls: a message on each line. */
export class McpClient {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #pending = new Map<number, (response: Response) => void>();
  #lastId = 0;
  #isEnded = false;

  private constructor(child: ChildProcessWithoutNullStreams, log: (line: string) => void) {
    this.#child = child;
    child.stdin.on("error", () => undefined); // the end of the process reports it
    createInterface(child.stdout).on("line", (line) => this.#receive(line));
    createInterface(child.stderr).on("line", log);
    child.once("close", () => this.#end());
  }

  /**
   * Starts the program.
   * @param log receives its log, in which secrets are masked
   */
  static async start(
    program: Program,
    variables: Readonly<Record<string, string>>,
    log: (line: string) => void,
  ): Promise<McpClient> {
    const env = { ...serverEnvironment(process.env), ...variables };
    const options = { cwd: program.cwd, env, windowsHide: true };
    const child = spawn(program.command, agentArguments(program), options);
    await once(child, "spawn");
    const client = new McpClient(child, log);
    const clientInfo = { name: "companion-vscode", version: "1" };
    await client.#request("initialize", { protocolVersion, capabilities: {}, clientInfo });
    client.#send({ method: "notifications/initialized" });
    return client;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /**
   * Calls a tool.
   * @throws {vscode.CancellationError} if it's canceled
   */
  async call(name: string, input: object, signal: AbortSignal): Promise<ToolResult> {
    const id = ++this.#lastId;
    const cancel = () => {
      this.#send({ method: "notifications/cancelled", params: { requestId: id } });
      this.#settle({ id }); // the protocol sends no response then
    };
    signal.addEventListener("abort", cancel);
    try {
      const result = await this.#request("tools/call", { name, arguments: input }, id);
      if (result === undefined) throw new vscode.CancellationError();
      return result as ToolResult;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Ends the process, which stops waiting for changes. */
  dispose(): void {
    this.#child.stdin.end();
  }

  async #request(method: string, params: object, id = ++this.#lastId): Promise<unknown> {
    if (this.#isEnded) throw new Error(ended);
    const response = await new Promise<Response>((resolve) => {
      this.#pending.set(id, resolve);
      this.#send({ id, method, params });
    });
    if (response.error) throw new Error(response.error.message);
    return response.result;
  }

  #send(message: object): void {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  }

  #receive(line: string): void {
    this.#settle(JSON.parse(line) as Response);
  }

  #settle(response: Response): void {
    if (response.id === undefined) return;
    this.#pending.get(response.id)?.(response);
    this.#pending.delete(response.id);
  }

  #end(): void {
    this.#isEnded = true;
    for (const id of [...this.#pending.keys()]) this.#settle({ id, error: { message: ended } });
  }
}

const ended = "Companion's server for agents has ended. A change that was sent may still take effect.";
