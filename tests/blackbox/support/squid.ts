import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type { Certificate } from "./authority.js";
import { freePort } from "./tlsServers.js";

const run = promisify(execFile);
const helpers = "/usr/lib/squid";

export interface SquidOptions {
  /** Who may use it; everyone if absent. */
  readonly user?: { readonly name: string; readonly password: string };
  /** It opens every connection, with certificates that this authority signs on the fly; absent: it only forwards. */
  readonly interceptsAs?: Certificate;
  /** Path of the PEM file whose authorities it trusts itself. */
  readonly trusts?: string;
}

/** A name that only this proxy can resolve. */
export const gatewayName = "gateway.test";

/** Debian's Squid as a proxy on loopback, in its own folder. */
export class Squid implements AsyncDisposable {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(port: number, process: ChildProcess, folder: string) {
    this.port = port;
    this.#process = process;
    this.#folder = folder;
  }

  static async start(
    programs: { squid: string; openssl: string },
    options: SquidOptions = {},
  ): Promise<Squid> {
    const folder = await mkdtemp(join(tmpdir(), "companion-squid-"));
    await chmod(folder, 0o777); // if started by root, it runs as another user
    const port = await freePort();
    await writeFile(join(folder, "hosts"), `127.0.0.1 ${gatewayName}\n`);
    await writeFile(
      join(folder, "squid.conf"),
      (await config(programs.openssl, folder, port, options)).join("\n"),
    );
    const squid = spawn(programs.squid, ["-N", "-f", join(folder, "squid.conf")], {
      stdio: ["ignore", "inherit", "inherit"],
    });
    const started = new Squid(port, squid, folder);
    await started.#listening();
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Its access log: one line per request. */
  accessLog(): Promise<string> {
    return readFile(join(this.#folder, "access.log"), "utf8");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    if (this.#process.exitCode === null) await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #listening(): Promise<void> {
    for (;;) {
      if (this.#process.exitCode !== null) {
        const log = await readFile(join(this.#folder, "cache.log"), "utf8").catch(() => "");
        throw new Error(`Squid ended:\n${log}`);
      }
      const socket = connect(this.port, "127.0.0.1");
      const opened = await new Promise<boolean>((resolve) =>
        socket.on("connect", () => resolve(true)).on("error", () => resolve(false)),
      );
      socket.destroy();
      if (opened) return;
      await delay(50);
    }
  }
}

async function config(
  openssl: string,
  folder: string,
  port: number,
  { user, interceptsAs, trusts }: SquidOptions,
): Promise<string[]> {
  const access = user ? await passwords(openssl, folder, user) : ["http_access allow all"];
  const intercepting = interceptsAs ? await interception(folder, interceptsAs) : undefined;
  return [
    `http_port 127.0.0.1:${port}${intercepting?.port ?? ""}`,
    ...(intercepting?.rules ?? []),
    ...(trusts ? [`tls_outgoing_options cafile=${trusts}`] : []),
    ...access,
    `hosts_file ${join(folder, "hosts")}`,
    "cache deny all",
    `access_log stdio:${join(folder, "access.log")}`,
    `cache_log ${join(folder, "cache.log")}`,
    `coredump_dir ${folder}`,
    "pid_filename none",
    "pinger_enable off",
    "shutdown_lifetime 0 seconds",
    "max_filedescriptors 1024",
    "",
  ];
}

async function passwords(
  openssl: string,
  folder: string,
  { name, password }: { name: string; password: string },
): Promise<string[]> {
  const { stdout } = await run(openssl, ["passwd", "-apr1", password]);
  await writeFile(join(folder, "passwords"), `${name}:${stdout}`);
  return [
    `auth_param basic program ${helpers}/basic_ncsa_auth ${join(folder, "passwords")}`,
    "auth_param basic children 1 startup=1",
    "auth_param basic realm companion",
    "acl known proxy_auth REQUIRED",
    "http_access allow known",
    "http_access deny all",
  ];
}

async function interception(
  folder: string,
  { certificate, key }: Certificate,
): Promise<{ port: string; rules: string[] }> {
  const signer = join(folder, "signer.pem");
  await writeFile(signer, (await readFile(certificate, "utf8")) + (await readFile(key, "utf8")));
  const store = join(folder, "certificates");
  await run(`${helpers}/security_file_certgen`, ["-c", "-s", store, "-M", "4MB"]);
  await run("chmod", ["-R", "777", store]);
  return {
    port: ` ssl-bump tls-cert=${signer} generate-host-certificates=on dynamic_cert_mem_cache_size=4MB`,
    rules: [
      `sslcrtd_program ${helpers}/security_file_certgen -s ${store} -M 4MB`,
      "sslcrtd_children 1 startup=1",
      "ssl_bump bump all",
    ],
  };
}
