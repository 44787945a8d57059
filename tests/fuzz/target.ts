import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Message, StreamMessageReader } from "vscode-jsonrpc/node";
import { fairClock } from "./fairClock.js";
import { key, keySearch } from "./keySearch.js";
import { LeakWatch, memoryOf, mostMemoryOf } from "./memory.js";

/** Milliseconds without a response that are a hang. */
const hang = 2_000;
/** Milliseconds for a process to start. */
export const start = 20_000;
const keptStderr = 64 * 1024;

type Reply = Message & { id?: unknown; method?: string; error?: { code: number; message: string } };

export const frame = (body: string) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** The real server process, with raw bytes as input. Matches replies with requests, and looks for the key in all output. */
export class Target implements AsyncDisposable {
  readonly process;
  /** Whether it may end, such as after `exit`, or after input that is no frame. */
  mayEnd = false;
  /** Whether each reply needs a request. Not if nobody knows which bytes are one. */
  isCounting = true;
  /** The number of replies with a null id, which are to invalid messages. */
  nullReplies = 0;
  stderr = "";
  #lastReply: Reply | undefined;
  /** How many replies to expect, by id. */
  readonly #open = new Map<string, number>();
  #requests = 0;
  #fault: string | undefined;
  readonly #ended;
  readonly #mostMemory;
  #wake = () => {};

  constructor([file, ...args]: readonly [string, ...string[]], env: NodeJS.ProcessEnv) {
    this.#mostMemory = mostMemoryOf(file);
    this.process = spawn(file, [...args, "--stdio"], { env });
    this.#ended = once(this.process, "exit").then(([code, signal]) => ({ code, signal }));
    void this.#ended.then(() => this.#wake());
    const { stdin, stdout, stderr } = this.process;
    stdin.on("error", () => undefined);
    for (const [name, stream] of Object.entries({ stdout, stderr })) {
      const hasKey = keySearch(key);
      stream.on("data", (data: Buffer) => {
        if (hasKey(data.toString("latin1"))) this.#fail(`It wrote the key to ${name}.`);
      });
    }
    stderr.on("data", (data) => {
      if (this.stderr.length < keptStderr) this.stderr += data;
    });
    const reader = new StreamMessageReader(stdout);
    reader.partialMessageTimeout = 0;
    reader.onError((error) => this.#fail(`It wrote an invalid frame: ${error.message}`));
    reader.listen((message) => this.#receive(message));
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  write(bytes: string | Uint8Array): void {
    if (this.isRunning && this.process.stdin.writable) this.process.stdin.write(bytes);
  }

  send(message: unknown): void {
    this.write(frame(JSON.stringify(message)));
  }

  notify(method: string, params: unknown): void {
    this.send({ jsonrpc: "2.0", method, params });
  }

  expectReply(id: unknown): void {
    const name = JSON.stringify(id);
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
  }

  /** Sends a request without waiting for the reply. */
  ask(id: string, method: string, params: unknown = {}): void {
    this.expectReply(id);
    this.send({ jsonrpc: "2.0", id, method, params });
  }

  async request(method: string, params: unknown = {}, within = hang): Promise<Reply | undefined> {
    const id = `r${++this.#requests}`;
    this.ask(id, method, params);
    await this.until(`the reply to ${method}`, () => !this.#open.has(JSON.stringify(id)), within);
    return this.#lastReply;
  }

  initialize(gatewayUrl: string): Promise<Reply | undefined> {
    return this.request("initialize", { initializationOptions: { gatewayUrl } }, start);
  }

  /** Gives all requests some milliseconds, then cancels them. Each must get one reply. */
  async settle(patience: number): Promise<void> {
    const began = performance.now();
    while (this.#open.size > 0 && this.isRunning && performance.now() - began < patience) await this.#next(5);
    for (const id of this.#open.keys()) this.notify("$/cancelRequest", { id: JSON.parse(id) });
    await this.until("every reply", () => this.#open.size === 0);
  }

  /** Expects that it responds. Anything before it has been read then. */
  async expectResponsive(): Promise<void> {
    await this.request("no/such/method");
    this.#expectNoStackTrace();
  }

  /** Closes its stdin and expects it to end with one of its exit codes. */
  async expectEnd(): Promise<void> {
    this.mayEnd = true;
    this.process.stdin.end();
    await this.until("its end after stdin's", () => !this.isRunning);
    await this.#expectExitCode();
  }

  /** The memory in use, in MiB. Fails if there was ever too much. */
  memory(): number {
    const { inUse, peak } = memoryOf(this.process.pid);
    if (peak > this.#mostMemory) throw new Error(`It took ${peak.toFixed(1)} MiB of memory.`);
    return inUse;
  }

  async until(what: string, holds: () => boolean, within = hang): Promise<void> {
    for (const elapsed = fairClock(this.process.pid); !holds(); await this.#next(20)) {
      if (this.#fault) throw new Error(this.#fault);
      if (!this.isRunning) {
        await this.#expectExitCode();
        if (this.mayEnd) return;
        throw new Error(`It ended before ${what}:\n${this.stderr}`);
      }
      if (elapsed() > within)
        throw new Error(`A hang: no sign of ${what} within ${within} ms. Open: ${[...this.#open.keys()]}`);
    }
    if (this.#fault) throw new Error(this.#fault);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill("SIGKILL");
    await this.#ended;
  }

  async #expectExitCode(): Promise<void> {
    const { code, signal } = await this.#ended;
    if (signal !== null || ![0, 1].includes(code) || (code === 1 && !this.mayEnd))
      throw new Error(`It crashed (exit code ${code}, signal ${signal}):\n${this.stderr}`);
    this.#expectNoStackTrace();
  }

  #expectNoStackTrace(): void {
    if (/Unhandled exception|^\s+at \S+\(/m.test(this.stderr)) throw new Error(`It crashed:\n${this.stderr}`);
  }

  #fail(fault: string): void {
    this.#fault ??= fault;
    this.#wake();
  }

  #receive(message: Reply): void {
    if (message.method === undefined && message.id === null) this.nullReplies++;
    else if (message.method === undefined) {
      this.#lastReply = message;
      const id = JSON.stringify(message.id);
      const left = this.#open.get(id);
      if (left === undefined && this.isCounting) this.#fail(`${id} has a second reply, or no request.`);
      else if (left !== undefined && left > 1) this.#open.set(id, left - 1);
      else this.#open.delete(id);
    }
    this.#wake();
  }

  /** Waits for output, up to some milliseconds. */
  #next(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Runs many cases in one process, which is fast and shows leaks. After a failure, the next case gets a new process. */
export class SharedTarget {
  #target: Target | undefined;
  #leaks = new LeakWatch();
  #cases = 0;

  constructor(
    readonly start: () => Target,
    readonly gatewayUrl: string,
  ) {}

  /** The memory of its process over time. */
  get memory(): string {
    const [first, last] = [this.#leaks.minimums[0], this.#leaks.minimums.at(-1)];
    return first && last ? `, ${first.toFixed(0)} → ${last.toFixed(0)} MiB in ${this.#cases} cases` : "";
  }

  async play(play: (target: Target) => Promise<void>): Promise<void> {
    try {
      const target = this.#target ?? (await this.#restart());
      await play(target);
      await target.expectResponsive();
      const leak = ++this.#cases % 20 === 0 && this.#leaks.add(target.memory());
      if (leak) throw new Error(`${leak} (${this.#cases} cases)`);
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#target?.[Symbol.asyncDispose]();
    this.#target = undefined;
  }

  async #restart(): Promise<Target> {
    this.#leaks = new LeakWatch();
    this.#cases = 0;
    this.#target = this.start();
    await this.#target.initialize(this.gatewayUrl);
    return this.#target;
  }
}
