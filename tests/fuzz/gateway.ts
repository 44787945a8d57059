import { createServer } from "node:http";
import type { Socket } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { Listener } from "../blackbox/support/tlsServers.js";

/** A response, valid or not. */
export interface Answer {
  readonly statusLine: string;
  readonly headerLines: readonly string[];
  readonly body: string;
  readonly encoding: keyof typeof encodings;
  readonly framing: keyof typeof framings;
  /** What happens to the connection, after the response or half of it. */
  readonly fate: "keep" | "close" | "reset" | "stall";
}

/** A gateway that sends its answers in turn, and then again from the first. */
export class RawGateway {
  #answers: readonly Answer[] = [];
  #requests = 0;
  readonly listening = Listener.on(
    createServer((request) =>
      request.resume().once("end", () => {
        const answer = this.#answers[this.#requests++ % this.#answers.length];
        if (answer) send(request.socket, answer);
      }),
    ),
  );

  answerWith(answers: readonly Answer[]): void {
    this.#answers = answers;
    this.#requests = 0;
  }
}

const half = <T extends { length: number; slice(from: number, to: number): T }>(of: T) =>
  of.slice(0, of.length / 2);

export const encodings = {
  identity: { header: [], encode: (body: Buffer) => body },
  gzip: { header: ["Content-Encoding: gzip"], encode: gzipSync },
  br: { header: ["Content-Encoding: br"], encode: brotliCompressSync },
  "cut gzip": { header: ["Content-Encoding: gzip"], encode: (body: Buffer) => half(gzipSync(body)) },
  "no gzip": { header: ["Content-Encoding: gzip"], encode: (body: Buffer) => body },
};

const chunked = "Transfer-Encoding: chunked";
/** The last header line, if any, and the body. */
export const framings = {
  length: (body: string) => [`Content-Length: ${body.length}`, "", body],
  chunked: (body: string) => [
    chunked,
    "",
    `${body && `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n`,
  ],
  close: (body: string) => ["", body],
  "too long": (body: string) => [`Content-Length: ${body.length + 10}`, "", body],
  "too short": (body: string) => [`Content-Length: ${Math.max(0, body.length - 10)}`, "", body],
  "bad chunk": (body: string) => [chunked, "", `zz\r\n${body}`],
};

function send(socket: Socket, { statusLine, headerLines, body, encoding, framing, fate }: Answer): void {
  const { header, encode } = encodings[encoding];
  const framed = framings[framing](encode(Buffer.from(body)).toString("latin1"));
  const bytes = Buffer.from([statusLine, ...headerLines, ...header, ...framed].join("\r\n"), "latin1");
  if (fate === "stall") socket.write(half(bytes));
  else if (fate === "reset") socket.write(half(bytes), () => socket.resetAndDestroy());
  else if (fate === "close" || framing === "close") socket.end(bytes);
  else socket.write(bytes);
}
