import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createSecureServer } from "node:http2";
import { type AddressInfo, connect, createServer, type Server as NetServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Certificate } from "./authority.js";

/** openssl's own TLS server, which responds to every request with a page about the connection. */
export class OpensslServer implements AsyncDisposable {
  readonly port: number;
  readonly process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.process = process;
  }

  static async start(openssl: string, { certificate, key }: Certificate): Promise<OpensslServer> {
    const port = await freePort();
    const server = spawn(
      openssl,
      ["s_server", "-accept", `127.0.0.1:${port}`, "-cert", certificate, "-key", key, "-www"],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    // It prints ACCEPT once it listens.
    for await (const text of server.stdout) if (String(text).includes("ACCEPT")) break;
    server.stdout.resume();
    return new OpensslServer(port, server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.process, "exit");
    this.process.kill();
    await ended;
  }
}

/** A listener that closes its connections when closed. */
export class Listener implements AsyncDisposable {
  readonly port: number;
  readonly #server: NetServer;
  readonly #sockets = new Set<Socket>();

  private constructor(server: NetServer) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => this.#sockets.delete(socket));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  static async on(server: NetServer, address = "127.0.0.1"): Promise<Listener> {
    server.listen(0, address);
    await once(server, "listening");
    return new Listener(server);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}

/** TLS in front of a plain HTTP server on loopback, such as a sandbox gateway. */
export async function tlsBefore(
  url: string,
  { certificate, key }: Certificate,
  address?: string,
): Promise<Listener> {
  const { port } = new URL(url);
  const options = { cert: await readFile(certificate), key: await readFile(key) };
  const server = createTlsServer(options, (client) => {
    const inner = connect(Number(port), "127.0.0.1");
    client.pipe(inner).pipe(client);
    inner.on("error", () => client.destroy()).on("close", () => client.destroy());
    client.on("error", () => inner.destroy()).on("close", () => inner.destroy());
  });
  return Listener.on(server, address);
}

/** An HTTP/2 server that reports which version was used. */
export async function http2Server({
  certificate,
  key,
}: Certificate): Promise<Listener & { versions: string[] }> {
  const versions: string[] = [];
  const server = createSecureServer({
    cert: await readFile(certificate),
    key: await readFile(key),
    allowHTTP1: true,
  });
  server.on("request", (request, response) => {
    versions.push(request.httpVersion);
    response.writeHead(200, { "x-fireworks-account-id": "acme" });
    response.end();
  });
  return Object.assign(await Listener.on(server as unknown as NetServer), { versions });
}

/** A server that responds to the first bytes of each connection with a text, then closes it. */
export function answering(text: string): Promise<Listener> {
  return Listener.on(createServer((socket) => socket.once("data", () => socket.end(text))));
}

/** A server that never responds, and what it has received. */
export async function silent(): Promise<Listener & { heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket) => socket.on("data", (data) => heard.push(String(data))));
  return Object.assign(await Listener.on(server), { heard });
}

/** An unused port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
