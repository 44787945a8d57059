import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Paths of PEM files. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** An untrusted certificate authority, created by openssl in its own folder. */
export class Authority implements AsyncDisposable {
  readonly name: string;
  readonly folder: string;
  readonly #openssl: string;
  #made = 0;

  private constructor(openssl: string, name: string, folder: string) {
    this.#openssl = openssl;
    this.name = name;
    this.folder = folder;
  }

  static async create(openssl: string, name = "Companion Test Authority"): Promise<Authority> {
    const authority = new Authority(openssl, name, await mkdtemp(join(tmpdir(), "companion-ca-")));
    await authority.#selfSigned("ca", name, ["-addext", "keyUsage=critical,keyCertSign,cRLSign"]);
    return authority;
  }

  /** Its own certificate, and its signing key. */
  get pem(): Certificate {
    return this.#files("ca");
  }

  /**
   * A certificate for host names and addresses, signed by this authority.
   * @param days validity; negative for an expired certificate
   */
  async issue(names: readonly string[], days = 2): Promise<Certificate> {
    const files = this.#files(`server-${++this.#made}`);
    const request = `${files.key}.csr`;
    const extensions = `${files.key}.ext`;
    const alternative = names.map((name) => (/^[\d.]+$|:/.test(name) ? `IP:${name}` : `DNS:${name}`));
    await writeFile(
      extensions,
      `subjectAltName=${alternative.join(",")}\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n`,
    );
    await this.#run("req", ...newKey, "-keyout", files.key, "-out", request, "-subj", `/CN=${names[0]}`);
    const { certificate, key } = this.pem;
    await this.#run(
      ...["x509", "-req", "-in", request, "-CA", certificate, "-CAkey", key, "-CAcreateserial"],
      ...["-days", String(days), "-extfile", extensions, "-out", files.certificate],
    );
    return files;
  }

  /** A self-signed certificate. */
  async selfSigned(name: string): Promise<Certificate> {
    const files = `self-${++this.#made}`;
    await this.#selfSigned(files, name, ["-addext", `subjectAltName=DNS:${name}`]);
    return this.#files(files);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  async #selfSigned(files: string, name: string, more: readonly string[]): Promise<void> {
    const { certificate, key } = this.#files(files);
    await this.#run(
      "req",
      "-x509",
      ...newKey,
      ...["-keyout", key, "-out", certificate, "-subj", `/CN=${name}`, "-days", "2", ...more],
    );
  }

  #files(name: string): Certificate {
    return { certificate: join(this.folder, `${name}.pem`), key: join(this.folder, `${name}.key`) };
  }

  async #run(...args: readonly string[]): Promise<void> {
    await run(this.#openssl, args);
  }
}

const newKey = ["-newkey", "rsa:2048", "-nodes"];
