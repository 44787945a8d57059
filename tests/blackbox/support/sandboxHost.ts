import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { sandboxHostPath } from "./programs.js";

/** The sandbox's own keys, which are valid nowhere else. */
export const sandboxKeys = {
  main: "fw_sandbox_main_0000000000000001",
  second: "fw_sandbox_second_0000000000000002",
  both: "fw_sandbox_both_0000000000000003",
  suspended: "fw_sandbox_suspended_0000000000000004",
} as const;

/** One request as the sandbox received it. */
export interface Received {
  readonly route: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  readonly authorization: "valid" | "invalid" | "absent";
  /** When it came, in RFC 3339. */
  readonly time: string;
}

/** An environment in the gateway's own format. */
export interface GatewayEnvironment {
  readonly state: string;
  readonly connection?: { readonly nodePoolId: string } | null;
}

/** A fault to simulate. See the sandbox's documentation for the members. */
export interface Fault {
  readonly route?: string;
  /** Id of the environment or the node pool; absent for any. */
  readonly resourceId?: string;
  /** How many matching requests to skip first. */
  readonly skip?: number;
  readonly times?: number | null;
  readonly preset?: "Html502" | "Http504AfterEffect" | "ResetBeforeEffect" | "ResetAfterEffect";
  readonly fault?: Record<string, unknown>;
}

/** A sandbox gateway in its own process, over real HTTP on loopback. */
export class SandboxHost implements AsyncDisposable {
  readonly url: string;
  readonly #process: ChildProcessWithoutNullStreams;

  private constructor(process: ChildProcessWithoutNullStreams, url: string) {
    this.#process = process;
    this.url = url;
  }

  static async start(
    args: readonly string[] = ["--connect-ms", "300", "--disconnect-ms", "200"],
  ): Promise<SandboxHost> {
    const process = spawn(sandboxHostPath(), args);
    for await (const line of createInterface(process.stdout)) {
      const { url } = JSON.parse(line) as { url: string };
      return new SandboxHost(process, url);
    }
    throw new Error("The sandbox host ended before it listened.");
  }

  /** The requests so far, the oldest first. */
  async received(): Promise<Received[]> {
    return (await (await fetch(`${this.url}/sandbox/received`)).json()) as Received[];
  }

  /** The bodies of change requests. */
  async posts(): Promise<{ path: string; body: unknown }[]> {
    const posts = (await this.received()).filter(({ method }) => method === "POST");
    return posts.map(({ path, body }) => ({ path, body: JSON.parse(body ?? "null") as unknown }));
  }

  /** Reads an environment of the main account, with the main key. */
  async environment(environmentId: string): Promise<GatewayEnvironment> {
    return (await (await this.call(environmentId)).json()) as GatewayEnvironment;
  }

  /** Changes an environment of the main account as someone else, with the main key. */
  async changeElsewhere(environmentId: string, verb: "connect" | "disconnect", body: object): Promise<void> {
    const answer = await this.call(`${environmentId}:${verb}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`The sandbox refused to ${verb}: ${await answer.text()}`);
  }

  async script(fault: Fault): Promise<void> {
    await this.control("faults", fault);
  }

  /** Removes all faults and recorded requests. */
  async clear(): Promise<void> {
    await this.control("clear", {});
  }

  async setSpeed(speed: { connectMs?: number; disconnectMs?: number }): Promise<void> {
    await this.control("speed", speed);
  }

  /** Keeps changes in progress until {@link release}, so that a test can look at them on a machine of any speed. */
  async hold(): Promise<void> {
    await this.control("hold", { changes: true });
  }

  async release(): Promise<void> {
    await this.control("hold", { changes: false });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.stdin.end();
    await ended;
  }

  private call(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { Authorization: `Bearer ${sandboxKeys.main}`, "Content-Type": "application/json" };
    return fetch(`${this.url}/v1/accounts/acme-research/environments/${path}`, { ...init, headers });
  }

  private async control(what: string, body: object): Promise<void> {
    const answer = await fetch(`${this.url}/sandbox/${what}`, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`The sandbox refused ${what}: ${await answer.text()}`);
  }
}
