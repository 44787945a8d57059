// @ts-check
/** A gateway that answers in raw bytes whatever it is told to. */
import { once } from "node:events";
import { createServer } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** @import { Answer } from "./inputs/answers.mjs" */

export class RawGateway {
  /** One after the other, and from the first again. @type {readonly Answer[]} */
  answers = [];
  #asked = 0;
  /** @type {Set<import("node:net").Socket>} */
  #sockets = new Set();
  #server = createServer((socket) => this.#serve(socket));
  url = "";

  static async open() {
    const gateway = new RawGateway();
    gateway.#server.listen(0, "127.0.0.1");
    await once(gateway.#server, "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (gateway.#server.address());
    gateway.url = `http://127.0.0.1:${port}`;
    return gateway;
  }

  /** @param {readonly Answer[]} answers */
  answerWith(answers) {
    this.answers = answers;
    this.#asked = 0;
  }

  close() {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }

  /** @param {import("node:net").Socket} socket */
  #serve(socket) {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket)).on("error", () => undefined);
    let unread = "";
    socket.on("data", (data) => {
      unread += data.toString("latin1");
      for (;;) {
        const end = unread.indexOf("\r\n\r\n");
        if (end < 0) return;
        const length = Number(/^content-length: (\d+)/im.exec(unread.slice(0, end))?.[1] ?? 0);
        if (unread.length < end + 4 + length) return;
        unread = unread.slice(end + 4 + length);
        const answer = this.answers[this.#asked++ % this.answers.length];
        if (answer) send(socket, answer);
      }
    });
  }
}

/** @param {import("node:net").Socket} socket @param {Answer} answer */
function send(socket, answer) {
  const { fate } = answer;
  const bytes = bytesOf(answer);
  if (fate === "stall") return void socket.write(bytes.subarray(0, bytes.length / 2));
  if (fate === "reset")
    return void socket.write(bytes.subarray(0, bytes.length / 2), () => socket.resetAndDestroy());
  if (fate === "close" || answer.framing === "close") return void socket.end(bytes);
  socket.write(bytes);
}

/** @param {Answer} answer */
function bytesOf({ statusLine, headerLines, body, encoding, framing }) {
  const plain = Buffer.from(body);
  const packed =
    encoding === "br" ? brotliCompressSync(plain) : /gzip/.test(encoding) ? gzipSync(plain) : plain;
  const content =
    encoding === "cut gzip" ? packed.subarray(0, packed.length / 2) : encoding === "no gzip" ? plain : packed;
  const lines = [statusLine, ...headerLines];
  if (encoding !== "identity") lines.push(`Content-Encoding: ${encoding === "br" ? "br" : "gzip"}`);
  const [head, tail] = framed(content, framing);
  if (head) lines.push(head);
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), tail]);
}

/** @param {Buffer} content @param {Answer["framing"]} framing @returns {[header: string, bytes: Buffer]} */
function framed(content, framing) {
  const size = content.length.toString(16);
  switch (framing) {
    case "chunked":
      return [
        "Transfer-Encoding: chunked",
        Buffer.concat([
          ...(content.length > 0 ? [Buffer.from(`${size}\r\n`), content, Buffer.from("\r\n")] : []),
          Buffer.from("0\r\n\r\n"),
        ]),
      ];
    case "bad chunk":
      return ["Transfer-Encoding: chunked", Buffer.concat([Buffer.from("zz\r\n"), content])];
    case "close":
      return ["", content];
    case "too long":
      return [`Content-Length: ${content.length + 10}`, content];
    case "too short":
      return [`Content-Length: ${Math.max(0, content.length - 10)}`, content];
    default:
      return [`Content-Length: ${content.length}`, content];
  }
}
