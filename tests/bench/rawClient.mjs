// @ts-check
/** A minimal client: it sends prepared messages, and counts responses by their headers. */
import { spawn } from "node:child_process";
import { once } from "node:events";

/** @typedef {{ command: string, args: readonly string[], env?: NodeJS.ProcessEnv }} Program */

const headerEnd = Buffer.from("\r\n\r\n");

/**
 * Encodes a message.
 * @param {object} message
 */
export function frame(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** All servers here write `{"jsonrpc":"2.0",` and then `"id"` or `"method"`, which differ in their first letter. */
const isReply = (/** @type {Buffer} */ body) => body[18] === "i".charCodeAt(0);

/** The first message of a client in VS Code. */
export const initializeParams = {
  processId: process.pid,
  clientInfo: { name: "Visual Studio Code", version: "1.139.1" },
  locale: "en",
  capabilities: {},
  initializationOptions: { gatewayUrl: "sandbox", vscodeVersion: "1.139.1" },
  trace: "off",
};

/** A server process and its output. */
export class RawClient {
  /** @type {Buffer} data after the last complete message whose header is incomplete */
  #rest = Buffer.alloc(0);
  /** @type {Buffer[]} chunks of an incomplete body */
  #parts = [];
  /** The number of missing bytes of that body. */
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
   * Sends a request and returns the body of its response. Ignores notifications.
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

  /** Initializes the server. */
  initialize() {
    return this.request("initialize", initializeParams);
  }

  /**
   * Sends a message repeatedly, each time after the response to the previous one.
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
   * Sends blocks of requests in turn, one block ahead of the responses.
   * @param {readonly Buffer[]} blocks of `each` requests. Consecutive blocks have different ids
   * @param {number} each
   * @param {number} count of all requests, a multiple of `each`
   */
  async pipeline(blocks, each, count) {
    const done = new Promise((resolve) => {
      let [sent, answered] = [0, 0];
      const send = () => {
        this.process.stdin.write(blocks[(sent / each) % blocks.length] ?? "");
        sent += each;
      };
      this.onMessage = (body) => {
        if (!isReply(body)) return;
        answered++;
        if (answered === count) resolve(undefined);
        else if (answered % each === 0 && sent < count) send();
      };
      send();
      if (sent < count) send();
    });
    await Promise.race([done, this.failed]);
  }

  /** Closes the input of the process and waits until it ends. */
  async end() {
    const ended = this.process.exitCode === null ? once(this.process, "exit") : undefined;
    this.failed.catch(() => {});
    this.process.stdin.end();
    await ended;
  }

  /**
   * Concatenates a long body only once, because only the server should be measured.
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
      // "Content-Length: " has 16 characters, and no server here sends another header.
      const length = Number(rest.toString("latin1", 16, end));
      const start = end + headerEnd.length;
      if (rest.length < start + length) this.#missing = length;
      else this.onMessage?.(rest.subarray(start, start + length));
      rest = rest.subarray(this.#missing > 0 ? start : start + length);
    }
    this.#rest = rest;
  }
}
