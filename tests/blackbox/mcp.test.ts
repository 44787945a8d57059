import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { McpError } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import type { EnvironmentInfo } from "../../extension/src/protocol.g.js";
import { Agent, newFolder, RawAgent } from "./support/agent.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { writeSystemctl } from "./support/systemctl.js";

const root = new URL("../../", import.meta.url);
const { tools } = JSON.parse(readFileSync(new URL("protocol/tools.json", root), "utf8")) as {
  tools: { name: string; inputSchema: { properties: object } }[];
};

const environmentId = "train-a";
const connect = { environmentId, nodePoolId: "h100-8x", numRanks: 8, durationSeconds: 3600 };
const notApplied = "Outcome: notApplied. The change isn't in effect, and won't be.";
const fast = () => SandboxHost.start(["--connect-ms", "50", "--disconnect-ms", "50"]);
const soon = (milliseconds: number) => new Date(Date.now() + milliseconds).toISOString();

/** Arguments that are wrong, and what the error says. */
const wrong: [tool: string, args: object, message: string][] = [
  ["get_environment", {}, "environmentId is missing; it must be an id"],
  ["get_environment", { environmentId: "A b" }, "environmentId must be an id of 1 to 63"],
  ["get_environment", { environmentId, force: true }, 'arguments has an unknown member "force"'],
  ["list_environments", { accountId: "acme" }, 'unknown member "accountId"'],
  ["connect_environment", { ...connect, durationSeconds: undefined }, "The end of the connection is missing"],
  ["connect_environment", { ...connect, until: soon(9e6) }, "Give either durationSeconds or until, not both"],
  ["connect_environment", { ...connect, durationSeconds: 1 }, "durationSeconds must be an integer from 60"],
  ["connect_environment", { ...connect, numRanks: "8" }, "numRanks must be an integer from 1"],
  ["connect_environment", { ...connect, role: "trainer" }, "role must be the ARN of an IAM role"],
  ["connect_environment", { ...connect, resetSnapshots: true }, 'unknown member "resetSnapshots"'],
  ["disconnect_environment", { environmentId, force: true }, 'unknown member "force"'],
  ["set_lease", { environmentId, until: "18:30" }, "until must be a time in RFC 3339"],
  ["set_lease", { environmentId, until: "2001-01-01T00:00:00Z" }, "until must be a time in the future"],
  ["get_usage", { groupBy: ["week"] }, "groupBy must contain only"],
  ["diagnose", { environmentId: 7 }, "environmentId must be an id"],
];

describe("companion mcp", () => {
  it("lists the tools that the contract describes", async () => {
    await using agent = await Agent.start("sandbox");
    expect((await agent.client.listTools()).tools).toEqual(tools);
    expect(agent.client.getServerVersion()).toMatchObject({ name: "companion" });
    expect(agent.client.getInstructions()).toContain("A change is sent once");
  });

  it("is described with each tool and each argument", () => {
    const page = readFileSync(new URL("docs/agents.md", root), "utf8");
    const names = tools.flatMap((tool) => [tool.name, ...Object.keys(tool.inputSchema.properties)]);
    expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("does the main job, with results that the official client checks", async () => {
    await using gateway = await fast();
    await using agent = await Agent.start(gateway);
    expect((await agent.result("list_environments")).text).toContain("- train-a is DISCONNECTED");
    const pools = await agent.result("list_node_pools");
    expect(pools.text).toContain("- h100-8x is READY, p5.48xlarge, 10 ranks free now");
    expect(pools.text).toContain("- a100-west is READY, p4d.24xlarge, 8 ranks free now"); // not in the gateway's list
    expect((await agent.result("get_environment", { environmentId })).content).not.toHaveProperty(
      "connection",
    );

    const progress: number[] = [];
    const messages: unknown[] = [];
    const connected = await agent.result("connect_environment", connect, (p) => {
      progress.push(p.progress);
      messages.push(p.message);
    });
    expect(connected.content).toMatchObject({ state: "CONNECTED", lease: { keptBy: ["vscode"] } });
    expect(connected.text).toMatch(
      /^train-a is CONNECTED, node pool h100-8x, 8 ranks\. It's disconnected at /,
    );
    expect(messages[0]).toBe("Connecting train-a to h100-8x. Checking the environment's state");
    expect(progress).toEqual([...new Set(progress)].toSorted((one, other) => one - other));

    const until = soon(600_000);
    const shorter = (await agent.result("set_lease", { environmentId, until })).content as unknown;
    expect(Date.parse((shorter as EnvironmentInfo).lease?.until ?? "")).toBe(Date.parse(until));
    expect((await agent.result("get_usage", { sinceDays: 1 })).text).toContain(
      "- train-a, h100-8x, connected",
    );
    expect((await agent.result("diagnose", { environmentId })).text).toMatch(
      /^No step failed on the way to /,
    );
    const disconnected = await agent.result("disconnect_environment", { environmentId });
    expect(disconnected).toMatchObject({
      content: { state: "DISCONNECTED" },
      text: "train-a is DISCONNECTED.",
    });
    expect((await gateway.posts()).map(({ path }) => path.split(":").at(-1))).toEqual([
      "connect",
      "disconnect",
    ]);
  });

  it("doesn't interrupt a connection that is as requested, such as after a lost answer", async () => {
    await using gateway = await fast();
    await using agent = await Agent.start(gateway);
    const first = await agent.result("connect_environment", connect);
    const second = await agent.result("connect_environment", connect);
    expect(second.content.lease).toEqual(first.content.lease);
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("names a bad argument and what it takes, and sends nothing", async () => {
    await using gateway = await fast();
    await using agent = await Agent.start(gateway);
    await gateway.clear();
    for (const [tool, args, message] of wrong) {
      const failure = await agent.failure(tool, args as Record<string, unknown>);
      expect(failure.error).toMatchObject({ code: -32602, message: expect.stringContaining(message) });
      expect(failure.text).toContain("Correct the arguments, and call the tool again.");
      if (/connect|lease/.test(tool)) expect(failure.text).toContain(notApplied);
    }
    expect(await gateway.posts()).toEqual([]);
  });

  it("says what happened, whether to call again, and what else to do", async () => {
    await using gateway = await fast();
    await using agent = await Agent.start(gateway);
    const missing = await agent.failure("get_environment", { environmentId: "nobody" });
    expect(missing.error).toMatchObject({ code: 5, data: { status: "NOT_FOUND", retryable: false } });
    expect(missing.text).toContain("- Call list_environments, and use the id of an environment in it.");

    const broken = await agent.failure("connect_environment", { ...connect, nodePoolId: "l40s-failed" });
    expect(broken.error).toMatchObject({ code: 9, data: { outcome: "notApplied" } });
    expect(broken.text).toContain(notApplied);
    expect(broken.text).toContain("- Call list_node_pools, and choose another node pool or fewer ranks.");

    const idle = await agent.failure("disconnect_environment", { environmentId });
    expect(idle.error).toMatchObject({
      code: 9,
      data: { outcome: "notApplied", environment: { environmentId } },
    });
    expect(idle.error.nextSteps[0]).toMatch(
      /^Don't call disconnect_environment again with the same arguments/,
    );
  });

  it("asks for a person if there's no key", async () => {
    await using gateway = await fast();
    await using agent = await Agent.start(gateway, { FIREWORKS_API_KEY: undefined });
    const failure = await agent.failure("list_environments");
    expect(failure.error).toMatchObject({ code: 16 });
    expect(failure.text).toContain("- Ask the user to sign in");
  });

  it("refuses an unknown tool and an unknown cursor as the protocol does", async () => {
    await using agent = await Agent.start("sandbox");
    await expect(agent.call("force_disconnect")).rejects.toThrow(McpError);
    await expect(agent.call("force_disconnect")).rejects.toMatchObject({
      code: -32602,
      message: expect.stringContaining("There is no such tool. The tools are list_environments, "),
    });
    await expect(agent.client.listTools({ cursor: "next" })).rejects.toMatchObject({ code: -32602 });
  });

  it("stops waiting if a call is canceled, and says what the gateway still does", async () => {
    await using gateway = await fast();
    await gateway.hold();
    await using agent = await Agent.start(gateway);
    const cancel = new AbortController();
    const stages: unknown[] = [];
    const call = agent.call("connect_environment", connect, {
      signal: cancel.signal,
      onprogress: ({ message }) => void stages.push(message),
    });
    call.catch(() => {});
    await expect.poll(() => stages.at(-1)).toBe("Accepted. Current state: Connecting");
    cancel.abort("no longer needed");
    await expect(call).rejects.toThrow();
    await expect.poll(() => agent.log).toHaveLength(1);
    expect(agent.log[0]).toMatch(
      /^connect_environment was canceled\. .*may still connect\..*\n.*\nOutcome: unknown\./,
    );
    await expect.poll(() => agent.stderr.join("")).toContain("may still connect");
    expect((await agent.result("get_environment", { environmentId })).content.state).toBe("CONNECTING");
    await gateway.release();
    await expect.poll(async () => (await gateway.environment(environmentId)).state).toBe("CONNECTED");
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("answers what's running when its input ends, and exits", async () => {
    await using gateway = await fast();
    await gateway.hold();
    await using agent = new RawAgent(gateway);
    agent.initialize();
    const _meta = { progressToken: "p" };
    agent.send({
      id: 1,
      method: "tools/call",
      params: { name: "connect_environment", arguments: connect, _meta },
    });
    await expect.poll(() => agent.lines.at(-1)).toContain("Current state: Connecting");
    agent.end();
    expect(await agent.exited).toBe(0);
    expect(agent.answer(1)?.result).toMatchObject({
      isError: true,
      structuredContent: { error: { data: { outcome: "unknown" } } },
    });
  });

  it("answers all messages of a script that ends its input at once", async () => {
    await using agent = new RawAgent("sandbox");
    agent.initialize();
    agent.send({ id: 1, method: "tools/list" });
    agent.send({ id: 2, method: "tools/call", params: { name: "list_environments" } });
    agent.end();
    expect(await agent.exited).toBe(0);
    expect(agent.answer(1)?.result?.tools).toHaveLength(tools.length);
    expect(agent.answer(2)?.result).toMatchObject({ structuredContent: { environments: expect.any(Array) } });
  });

  it("ends on a signal, too", async () => {
    await using gateway = await fast();
    await gateway.hold();
    await using agent = new RawAgent(gateway);
    agent.initialize();
    agent.send({ id: 1, method: "tools/call", params: { name: "connect_environment", arguments: connect } });
    await expect.poll(() => gateway.posts()).toHaveLength(1);
    agent.kill("SIGTERM");
    expect(await agent.exited).toBe(0);
  });

  it.each([
    ["2099-01-01", "2025-11-25"],
    ["2026-07-28", "2025-11-25"],
    ["2025-11-25", "2025-11-25"],
    ["2025-06-18", "2025-06-18"],
    ["2024-11-05", "2024-11-05"],
    ["nonsense", "2025-11-25"],
  ])("negotiates version %s to %s", async (asked, agreed) => {
    await using agent = new RawAgent("sandbox");
    agent.initialize(asked);
    await expect.poll(() => agent.answer(0)).toBeDefined();
    expect(agent.answer(0)?.result?.protocolVersion).toBe(agreed);
  });

  it("survives what isn't a message, and writes only messages to stdout and no key anywhere", async () => {
    await using gateway = await fast();
    const key = "fw_test_wrong_key_0123456789";
    await using agent = new RawAgent(gateway, { FIREWORKS_API_KEY: key });
    agent.initialize();
    agent.send("", "{", "[]", "null", `"${key}"`, '{"jsonrpc":"2.0"}', `{"jsonrpc":"2.0","method":"${key}"}`);
    agent.send({ id: 1, method: key });
    agent.send({ id: 2, method: "tools/call", params: { name: key, arguments: { [key]: key } } });
    agent.send({
      id: 3,
      method: "tools/call",
      params: { name: "get_environment", arguments: { [key]: key } },
    });
    agent.send({ id: 4, method: "tools/call", params: { name: "list_environments" } });
    agent.send({ id: 5, method: "tools/call", params: { name: "diagnose", arguments: null } });
    agent.send({ id: 6, method: "tools/list", params: { cursor: key } });
    agent.send({ id: 7, method: "tools/call", params: { name: "diagnose", arguments: "all" } });
    agent.send({ id: 8, method: "tools/call" });
    for (const id of [1, 2, 3, 4, 5, 6, 7, 8]) await expect.poll(() => agent.answer(id)).toBeDefined();
    agent.end();
    expect(await agent.exited).toBe(0);
    expect(agent.messages().every(({ jsonrpc }) => jsonrpc === "2.0")).toBe(true);
    const echoed = [1]; // the library repeats the name of an unknown method
    const written = agent.messages().filter(({ id }) => !echoed.includes(id as number));
    expect(JSON.stringify(written) + agent.stderr.join("")).not.toContain(key);
  });

  it("doesn't start with a setting that can't be used", async () => {
    await using agent = new RawAgent("sandbox", { COMPANION_STORAGE_PATH: "relative" });
    expect(await agent.exited).toBe(64);
    expect(agent.stderr.join("")).toContain("COMPANION_STORAGE_PATH must be the full path of a folder.");
    await using mistyped = new RawAgent("sandbox", {}, ["mcp", "--acount", "acme"]);
    expect(await mistyped.exited).toBe(64);
    expect([...agent.lines, ...mistyped.lines]).toEqual([]);
  });

  it("changes an environment in one process at a time", async () => {
    await using gateway = await fast();
    await gateway.hold();
    const storage = { COMPANION_STORAGE_PATH: newFolder() };
    await using first = await Agent.start(gateway, storage);
    await using second = await Agent.start(gateway, storage);
    const connecting = first.result("connect_environment", connect);
    await expect.poll(() => gateway.posts()).toHaveLength(1);
    const refused = await second.failure("disconnect_environment", { environmentId });
    expect(refused.error).toMatchObject({ code: 9, data: { outcome: "notApplied" } });
    await gateway.release();
    expect((await connecting).content.state).toBe("CONNECTED");
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("keeps an agent within its bounds, and tells it that only the user can change them", async () => {
    await using gateway = await fast();
    await using agent = await Agent.start(gateway);
    const refused: [tool: string, args: Record<string, unknown>, bound: string][] = [
      ["connect_environment", { ...connect, durationSeconds: 7201 }, "maxHours"],
      ["connect_environment", { ...connect, numRanks: 9 }, "maxNodes"],
      ["disconnect_environment", { environmentId: "eval-c" }, "mayEndOthers"],
      ["set_lease", { environmentId: "eval-c", durationSeconds: 60 }, "mayEndOthers"],
    ];
    for (const [tool, args, bound] of refused) {
      const failure = await agent.failure(tool, args);
      expect(failure.error).toMatchObject({ code: 9, data: { outcome: "notApplied", bound } });
      expect(failure.text).toContain(`Don't call ${tool} again, and don't work around this: only the user`);
    }
    const others = { ...connect, environmentId: "eval-c", numRanks: 2 }; // as it's connected
    expect((await agent.failure("connect_environment", others)).text).toMatch(
      /^eval-c was already connected like this, and stays connected\. Its end wasn't set: /,
    );
    expect(await gateway.posts()).toEqual([]);

    await agent.result("connect_environment", connect);
    const later = await agent.failure("set_lease", { environmentId, durationSeconds: 7000 });
    expect(later.error.data).toMatchObject({ bound: "mayExtend" });
    const { groups } = (await agent.result("get_usage")).content as { groups: { by?: string }[] };
    expect(groups).toMatchObject([{ by: "agent" }]);
  });

  it("keeps two agents at once within the bounds that they share", async () => {
    await using gateway = await fast();
    const home = mkdtempSync(join(tmpdir(), "companion-home-"));
    await using first = await Agent.start(gateway, { HOME: home });
    await using second = await Agent.start(gateway, { HOME: home });
    const results = await Promise.all([
      first.call("connect_environment", connect),
      second.call("connect_environment", { ...connect, environmentId: "west-g" }),
    ]);
    expect(results.filter(({ isError }) => !isError)).toHaveLength(1);
    const [failed] = results.filter(({ isError }) => isError);
    expect(failed?.structuredContent).toMatchObject({ error: { data: { bound: "maxEnvironments" } } });
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("keeps the end of a connection while it runs", async () => {
    await using gateway = await fast();
    await using agent = await Agent.start(gateway);
    await agent.result("connect_environment", {
      ...connect,
      durationSeconds: undefined,
      until: soon(12_000),
    });
    await expect.poll(async () => (await gateway.environment(environmentId)).state).toBe("DISCONNECTED");
    expect((await gateway.posts()).filter(({ path }) => path.endsWith(":disconnect"))).toHaveLength(1);
    expect((await agent.result("get_environment", { environmentId })).content).not.toHaveProperty("lease");
  });

  it.skipIf(process.platform !== "linux")("lets the operating system keep the end where it can", async () => {
    await using gateway = await fast();
    const home = mkdtempSync(join(tmpdir(), "companion-home-"));
    mkdirSync(join(home, ".fireworks"));
    writeFileSync(join(home, ".fireworks", "auth.ini"), `[fireworks]\napi_key = ${sandboxKeys.main}\n`);
    const PATH = writeSystemctl(join(home, "bin"));
    await using agent = await Agent.start(gateway, { HOME: home, PATH, FIREWORKS_API_KEY: undefined });
    const connected = await agent.result("connect_environment", connect);
    expect(connected.content.lease).toMatchObject({ keptBy: ["vscode", "system"] });
    expect(connected.text).not.toContain("only while");
  });
});
