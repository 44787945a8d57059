// @ts-check
/** A client as bare as can be: ready-made frames go out, and replies are counted by their headers alone. */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** @typedef {{ command: string, args: readonly string[], env?: NodeJS.ProcessEnv }} Program */

const headerEnd = Buffer.from("\r\n\r\n");

/**
 * One message as it goes over the wire.
 * @param {object} message
 */
export function frame(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** Every server here writes `{"jsonrpc":"2.0",` and then `"id"` or `"method"`: one letter tells which. */
const isReply = (/** @type {Buffer} */ body) => body[18] === "i".charCodeAt(0);

/** What a client in VS Code says first. */
export const initializeParams = {
  processId: process.pid,
  clientInfo: { name: "Visual Studio Code", version: "1.139.1" },
  locale: "en",
  capabilities: {},
  initializationOptions: { gatewayUrl: "sandbox", vscodeVersion: "1.139.1" },
  trace: "off",
};

/** A server process, and what has come from it. */
export class RawClient {
  /** @type {Buffer} what came behind the last whole message, as far as its header is not known */
  #rest = Buffer.alloc(0);
  /** @type {Buffer[]} of a body that came in part */
  #parts = [];
  /** Bytes of that body that are missing. */
  #missing = 0;
  /** @type {((body: Buffer) => void) | undefined} */
  onMessage;
  /** @type {(error: Error) => void} */
  #fail = () => {};

  /** @param {Program} program */
  constructor({ command, args, env }) {
    this.process = spawn(command, args, {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, ...env },
    });
    /** @type {Promise<never>} */
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => {});
    this.process.on("error", this.#fail);
    this.process.on("exit", (code) => this.#fail(new Error(`${command} ended with ${code}.`)));
    this.process.stdin.on("error", this.#fail);
    this.process.stdout.on("data", (chunk) => this.#take(chunk));
  }

  /**
   * Sends a request and answers with its reply's body; notifications before it are passed over.
   * @param {string} method
   * @param {unknown} params
   * @returns {Promise<any>}
   */
  async request(method, params) {
    const id = `${method} ${process.hrtime.bigint()}`;
    const reply = new Promise((resolve) => {
      this.onMessage = (body) => {
        const message = JSON.parse(body.toString());
        if (message.id === id) resolve(message);
      };
    });
    this.process.stdin.write(frame({ id, method, params }));
    const { result, error } = await Promise.race([reply, this.failed]);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  /** Opens a session. */
  initialize() {
    return this.request("initialize", initializeParams);
  }

  /**
   * Sends a frame again and again, each after the reply to the one before.
   * @param {Buffer} request
   * @param {number} count
   * @returns {Promise<number[]>} microseconds of each
   */
  async sequence(request, count) {
    /** @type {number[]} */
    const times = [];
    const done = new Promise((resolve) => {
      let sent = process.hrtime.bigint();
      this.onMessage = (body) => {
        if (!isReply(body)) return;
        const now = process.hrtime.bigint();
        times.push(Number(now - sent) / 1000);
        if (times.length === count) return resolve(undefined);
        sent = process.hrtime.bigint();
        this.process.stdin.write(request);
      };
      this.process.stdin.write(request);
    });
    await Promise.race([done, this.failed]);
    return times;
  }

  /**
   * Sends blocks of requests in turn, one block ahead of the replies.
   * @param {readonly Buffer[]} blocks of `each` requests; two that follow each other have no id in common
   * @param {number} each
   * @param {number} count of requests in all, a multiple of `each`
   */
  async pipeline(blocks, each, count) {
    const done = new Promise((resolve) => {
      let [asked, answered] = [0, 0];
      const ask = () => {
        this.process.stdin.write(blocks[(asked / each) % blocks.length] ?? "");
        asked += each;
      };
      this.onMessage = (body) => {
        if (!isReply(body)) return;
        answered++;
        if (answered === count) resolve(undefined);
        else if (answered % each === 0 && asked < count) ask();
      };
      ask();
      if (asked < count) ask();
    });
    await Promise.race([done, this.failed]);
  }

  /** Ends the process by closing its input, and waits for its end. */
  async end() {
    const ended = this.process.exitCode === null ? once(this.process, "exit") : undefined;
    this.failed.catch(() => {});
    this.process.stdin.end();
    await ended;
  }

  /**
   * A long body is put together once, when it is whole: what is measured is the one who sends it.
   * @param {Buffer} chunk
   */
  #take(chunk) {
    let rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (;;) {
      if (this.#missing > 0) {
        const part = rest.subarray(0, this.#missing);
        this.#parts.push(part);
        this.#missing -= part.length;
        rest = rest.subarray(part.length);
        if (this.#missing > 0) break;
        this.onMessage?.(Buffer.concat(this.#parts));
        this.#parts = [];
      }
      const end = rest.indexOf(headerEnd);
      if (end < 0) break;
      // "Content-Length: " has 16 letters, and every server here sends no other header.
      const length = Number(rest.toString("latin1", 16, end));
      const start = end + headerEnd.length;
      if (rest.length < start + length) this.#missing = length;
      else this.onMessage?.(rest.subarray(start, start + length));
      rest = rest.subarray(this.#missing > 0 ? start : start + length);
    }
    this.#rest = rest;
  }
}
