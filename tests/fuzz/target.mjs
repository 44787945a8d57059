// @ts-check
/** The real server process, spoken to in raw bytes, with everything that it wrote kept. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const program =
  process.env.COMPANION_SERVER_PATH ??
  fileURLToPath(
    new URL(
      `../../out/server/companion-server${process.platform === "win32" ? ".exe" : ""}`,
      import.meta.url,
    ),
  );

/** Milliseconds after which a silence is a hang. */
export const hang = 2_000;
/** Milliseconds for a process to start on a busy machine. */
const start = 20_000;
/** Mebibytes of memory above which something leaks. */
const mostMemory = 150;
/** Looks like a key, so that a leak is seen. */
export const key = "fw_test_leak_0123456789abcdef";

/** @typedef {{ id?: unknown, method?: string, result?: unknown, error?: { code: number, message: string } }} Reply */

export class Target {
  /** @param {Record<string, string>} [env] */
  constructor(env = {}) {
    if (!existsSync(program)) throw new Error(`${program} is not there: npm run build makes it.`);
    const kept = Object.entries(process.env).filter(([name]) => !/^FIREWORKS_|_proxy$/i.test(name));
    this.process = spawn(program, ["--stdio"], {
      env: { ...Object.fromEntries(kept), HOME: tmpdir(), USERPROFILE: tmpdir(), ...env },
    });
    this.written = Buffer.alloc(0);
    /** @type {Reply[]} */
    this.messages = [];
    this.stderr = "";
    this.ended = once(this.process, "exit").then(([code, signal]) => ({ code, signal }));
    this.process.stdin.on("error", () => undefined);
    this.process.stderr.on("data", (data) => (this.stderr += data));
    this.process.stdout.on("data", (data) => {
      this.written = Buffer.concat([this.written, data]);
      this.#divide();
    });
  }

  get isRunning() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** @param {string | Uint8Array} bytes */
  write(bytes) {
    if (this.isRunning) this.process.stdin.write(bytes);
  }

  /** @param {unknown} message */
  send(message) {
    this.write(frame(JSON.stringify(message)));
  }

  /** @param {Record<string, unknown>} options @returns {Promise<Reply>} */
  async initialize(options) {
    this.send({
      jsonrpc: "2.0",
      id: "initialize",
      method: "initialize",
      params: { initializationOptions: options },
    });
    return this.reply("initialize", start);
  }

  /** @param {unknown} id @returns {Promise<Reply>} the reply, which has to come in time */
  async reply(id, within = hang) {
    const deadline = performance.now() + within;
    for (;;) {
      const found = this.messages.find((message) => message.id === id && !message.method);
      if (found) return found;
      if (!this.isRunning)
        throw new Error(
          `The process ended (${JSON.stringify(await this.ended)}) before it answered ${id}: ${this.stderr}`,
        );
      if (performance.now() > deadline) throw new Error(`No answer to ${id} within ${within} ms.`);
      await delay(5);
    }
  }

  /** That it is well: it answers, wrote nothing to stderr that it should not, kept within its memory, and told the key to nobody. */
  async expectWell() {
    if (this.isRunning) {
      const id = `probe-${this.messages.length}`;
      this.send({ jsonrpc: "2.0", id, method: "no/such/method" });
      await this.reply(id);
      const status =
        process.platform === "linux" ? readFileSync(`/proc/${this.process.pid}/status`, "utf8") : "";
      const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
      if (peak > mostMemory) throw new Error(`It took ${peak} MiB of memory.`);
    } else if ((await this.ended).signal !== null || ![0, 1].includes((await this.ended).code)) {
      throw new Error(`The process crashed: ${JSON.stringify(await this.ended)}\n${this.stderr}`);
    }
    if (/Unhandled exception|\bat Companion\./.test(this.stderr))
      throw new Error(`It crashed:\n${this.stderr}`);
    const all = this.written.toString("latin1") + this.stderr;
    if (all.includes(key) || all.includes(Buffer.from(key).toString("base64")))
      throw new Error("It told the key.");
    const ids = this.messages
      .filter(({ id, method }) => typeof id === "string" && !method)
      .map(({ id }) => id);
    const doubled = ids.find((id, index) => ids.indexOf(id) !== index);
    if (doubled !== undefined) throw new Error(`${doubled} was answered twice.`);
  }

  #divide() {
    for (;;) {
      const end = this.written.indexOf("\r\n\r\n", this.#read);
      if (end < 0) return;
      const length = Number(
        /Content-Length: (\d+)/.exec(this.written.toString("latin1", this.#read, end))?.[1],
      );
      if (!Number.isInteger(length)) throw new Error("It wrote something that is no frame.");
      if (this.written.length < end + 4 + length) return;
      const body = JSON.parse(this.written.toString("utf8", end + 4, end + 4 + length));
      this.#read = end + 4 + length;
      this.messages.push(...(Array.isArray(body) ? body : [body]));
    }
  }

  #read = 0;
}

/**
 * Plays with a process of its own, and ends it.
 * @param {Record<string, string>} env
 * @param {(target: Target) => Promise<void>} play
 */
export async function withTarget(env, play) {
  const target = new Target(env);
  try {
    await play(target);
  } finally {
    target.process.kill("SIGKILL");
    await target.ended;
  }
}

/** @param {string} body */
export const frame = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
