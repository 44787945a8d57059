// @ts-check
/** LSP's frames: what is written, and what is read back piece by piece. */

/** @param {string} body */
export const frame = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** @typedef {{ id?: unknown, method?: string, result?: unknown, error?: { code: number, message: string } }} Incoming */

export class FrameReader {
  /** @type {Buffer} */
  #unread = Buffer.alloc(0);

  /**
   * @param {Buffer} chunk
   * @returns {Incoming[]} the messages that are whole now
   */
  push(chunk) {
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    /** @type {Incoming[]} */
    const whole = [];
    for (;;) {
      const end = this.#unread.indexOf("\r\n\r\n");
      if (end < 0) return whole;
      const header = this.#unread.toString("latin1", 0, end);
      const length = Number(/^Content-Length: (\d+)$/.exec(header)?.[1] ?? Number.NaN);
      if (!Number.isInteger(length)) throw new Error(`It wrote what is no frame: ${JSON.stringify(header)}`);
      if (this.#unread.length < end + 4 + length) return whole;
      whole.push(JSON.parse(this.#unread.toString("utf8", end + 4, end + 4 + length)));
      this.#unread = this.#unread.subarray(end + 4 + length);
    }
  }
}
