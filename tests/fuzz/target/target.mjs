// @ts-check
/**
 * The real server process, spoken to in raw bytes. It keeps account of what was asked and what was answered, and looks for the key in
 * every byte that comes back.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { FairClock } from "./fairClock.mjs";
import { FrameReader, frame } from "./frames.mjs";
import { KeySearch, key } from "./keySearch.mjs";
import { memoryOf, mostMemoryOf } from "./memory.mjs";

/** Milliseconds after which a silence is a hang. */
export const hang = 2_000;
/** Milliseconds for a process to start. */
const start = 20_000;
const keptStderr = 64 * 1024;

/** @import { Incoming } from "./frames.mjs" */
/** @typedef {{ command: readonly [string, ...string[]], home: string }} Program what is run, and where its person is at home */

export class Target {
  /** @type {Incoming | undefined} the last reply with an id */
  lastReply;
  stderr = "";
  #reader = new FrameReader();
  #search = new KeySearch(key);
  #searchErrors = new KeySearch(key);
  /** Requests that are to be answered, by id, and how often. @type {Map<string, number>} */
  #open = new Map();
  #nulls = 0;
  #probes = 0;
  /** @type {string | undefined} */
  #fault;
  #mayEnd = false;
  #isCounting = true;
  #mostMemory;
  #wake = () => {};

  /** @param {Program} program @param {Record<string, string>} [env] */
  constructor({ command: [file, ...args], home }, env = {}) {
    this.#mostMemory = mostMemoryOf(file);
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(FIREWORKS|COMPANION)_|_proxy$|^SSL_CERT|^NODE_EXTRA_CA/i.test(name),
    );
    this.process = spawn(file, [...args, "--stdio"], {
      env: { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home, ...env },
    });
    this.ended = once(this.process, "exit").then(([code, signal]) => ({ code, signal }));
    this.ended.then(() => this.#wake());
    this.process.stdin.on("error", () => undefined);
    this.process.stderr.on("data", (data) => {
      if (this.#searchErrors.finds(String(data))) this.#fail("It wrote the key to stderr.");
      if (this.stderr.length < keptStderr) this.stderr += data;
    });
    this.process.stdout.on("data", (data) => this.#receive(data));
  }

  get pid() {
    return this.process.pid;
  }

  get isRunning() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** How many replies had the id null: to what was no message. */
  get nullReplies() {
    return this.#nulls;
  }

  /** @param {string | Uint8Array} bytes */
  write(bytes) {
    if (this.isRunning && this.process.stdin.writable) this.process.stdin.write(bytes);
  }

  /** From here on it may end of its own: it was told to, or what it was told is no frame. */
  allowEnd() {
    this.#mayEnd = true;
  }

  /** From here on nobody knows what of the bytes is a request: no account is kept of the replies. */
  stopCounting() {
    this.#isCounting = false;
  }

  /** @param {unknown} id of a request that was written, or is about to be */
  expectReply(id) {
    const name = JSON.stringify(id);
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
  }

  /** @param {string} method @param {unknown} params */
  notify(method, params) {
    this.write(frame(JSON.stringify({ jsonrpc: "2.0", method, params })));
  }

  /** @param {unknown} id @param {string} method @param {unknown} [params] */
  ask(id, method, params = {}) {
    this.expectReply(id);
    this.write(frame(JSON.stringify({ jsonrpc: "2.0", id, method, params })));
  }

  /** @param {string} method @param {unknown} [params] @returns {Promise<Incoming>} its reply */
  async request(method, params, within = hang) {
    const id = `r${++this.#probes}`;
    this.ask(id, method, params);
    await this.until(`the answer to ${method}`, () => !this.#open.has(JSON.stringify(id)), within);
    return this.lastReply ?? {};
  }

  /** @param {Record<string, unknown>} options @param {Record<string, unknown>} [more] */
  initialize(options, more = {}) {
    return this.request("initialize", { ...more, initializationOptions: options }, start);
  }

  /**
   * Gives what was asked a little time, then cancels it: now each has to be answered, and once.
   * @param {number} patience milliseconds
   */
  async settle(patience) {
    const began = performance.now();
    while (this.#open.size > 0 && this.isRunning && performance.now() - began < patience) await this.#next(5);
    for (const id of this.#open.keys()) this.notify("$/cancelRequest", { id: JSON.parse(id) });
    await this.until("every answer", () => this.#open.size === 0);
  }

  /** That it answers, and has answered nothing twice. */
  async expectWell() {
    await this.request("no/such/method", {});
    this.#expectNoTrace();
  }

  /** Ends its stdin: it has to end with one of its exit codes, and in time. */
  async expectEnd() {
    this.allowEnd();
    this.process.stdin.end();
    await this.until("its end after that of its stdin", () => !this.isRunning);
    await this.#expectExit();
  }

  /** Memory in use, in MiB; one that has had more than it may fails. */
  memory() {
    const memory = memoryOf(this.pid);
    if (memory.peak > this.#mostMemory) throw new Error(`It took ${memory.peak.toFixed(1)} MiB of memory.`);
    return memory.inUse;
  }

  /** @param {string} what @param {() => boolean} holds @param {number} [within] milliseconds */
  async until(what, holds, within = hang) {
    const clock = new FairClock(this.pid);
    while (!holds()) {
      this.#check();
      if (!this.isRunning) {
        await this.#expectExit();
        if (this.#mayEnd) return;
        throw new Error(`It ended before ${what}:\n${this.stderr}`);
      }
      if (clock.elapsed() > within)
        throw new Error(`A hang: no sign of ${what} within ${within} ms. ${this.#openIds()}`);
      await this.#next(20);
    }
    this.#check();
  }

  async kill() {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  #openIds() {
    return this.#open.size > 0 ? `Not answered: ${[...this.#open.keys()].slice(0, 20).join(", ")}` : "";
  }

  async #expectExit() {
    const { code, signal } = await this.ended;
    if (signal !== null || ![0, 1].includes(code) || (code === 1 && !this.#mayEnd))
      throw new Error(`It crashed (exit code ${code}, signal ${signal}):\n${this.stderr}`);
    this.#expectNoTrace();
  }

  #expectNoTrace() {
    if (/Unhandled exception|^\s+at \S+\(/m.test(this.stderr)) throw new Error(`It crashed:\n${this.stderr}`);
  }

  #check() {
    if (this.#fault) throw new Error(this.#fault);
  }

  /** @param {string} fault */
  #fail(fault) {
    this.#fault ??= fault;
    this.#wake();
  }

  /** @param {Buffer} data */
  #receive(data) {
    if (this.#search.finds(data.toString("latin1"))) this.#fail("It told the key.");
    try {
      for (const message of this.#reader.push(data)) this.#account(message);
    } catch (error) {
      this.#fail(String(error));
    }
    this.#wake();
  }

  /** @param {Incoming} message */
  #account(message) {
    if (message.method !== undefined) return;
    if (message.id === null) {
      this.#nulls++;
      return;
    }
    this.lastReply = message;
    const id = JSON.stringify(message.id);
    const left = this.#open.get(id);
    if (left === undefined && this.#isCounting) this.#fail(`${id} was answered twice, or nobody asked.`);
    else if (left !== undefined && left > 1) this.#open.set(id, left - 1);
    else this.#open.delete(id);
  }

  /** @param {number} milliseconds at most until something has come */
  async #next(milliseconds) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
