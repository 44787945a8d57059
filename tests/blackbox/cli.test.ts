import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CliUser } from "./support/cli.js";
import { SandboxHost, sandboxKeys } from "./support/sandboxHost.js";
import { Server } from "./support/server.js";
import { until } from "./support/until.js";

const connect = "connect train-a --node-pool h100-8x --ranks 8";

/** What can't be parsed, and what the error says. */
const wrong: [args: string, message: string][] = [
  ["", "A command is required"],
  ["statsu", "Unknown command statsu. Did you mean status?"],
  ["status", "Required argument 'ENV' missing for command: 'status'."],
  ["status train-a train-b", "Unknown argument train-b."],
  ["connect train-a --node-pol h100-8x", "Unknown option --node-pol. Did you mean --node-pool?"],
  ["connect train-a", "Option '--node-pool' is required."],
  [`${connect} --rank 8`, "Unknown option --rank. Did you mean --ranks?"],
  ["connect train-a --node-pool h100-8x --ranks x", "--ranks takes a number of at least 1."],
  ["connect train-a --node-pool h100-8x --ranks 0", "--ranks takes a number of at least 1."],
  [`${connect} --for 2`, "--for takes a duration such as 90m, 2h, or 1d12h."],
  [`${connect} --for 2x`, "--for takes a duration"],
  [`${connect} --for 1h1h`, "--for takes a duration"],
  [`${connect} --for -2h`, "--for takes a duration"],
  [`${connect} --for 0s`, "--for takes a duration"],
  [`${connect} --until 25:00`, "--until takes a time such as 18:30"],
  [`${connect} --until tomorrow`, "--until takes a time such as 18:30"],
  [`${connect} --for 2h --until 18:30`, "Use either --for or --until."],
  [`${connect} --keep`, "--keep requires --for or --until."],
  [`${connect} --for 2h --wait accepted`, "--for and --until can't be used with --wait accepted"],
  [`${connect} --wait never`, "never"],
  ["connect train-a --node-pool= --ranks 8", "--node-pool requires a value."],
  ["list --json=no", "--json takes no value."],
  ["list --account", "Required argument missing for option: '--account'."],
  ["--version list", "--version"],
  ["--version foo", "Unknown command foo."],
  ["disconnect train-a --force", "To confirm, add --confirm train-a."],
  ["disconnect train-a --force --confirm train-b", "To confirm, add --confirm train-a."],
  ["disconnect train-a --confirm train-a", "--confirm requires --force."],
  ["lease train-a --for 1h --clear", "Use only one of --for, --until, --extend, and --clear."],
  ["lease train-a --keep", "--keep requires --for, --until, or --extend."],
  ["enforce", "Option '--max' is required."],
  ["enforce --max 8h --yes --dry-run", "Use either --yes or --dry-run."],
  ["completion tcsh", "tcsh"],
  ["login fw_a_key_that_isnt_read", "Unknown argument"],
];

describe("the command line", () => {
  it.each(wrong)("refuses: companion %s", async (args, message) => {
    await using gateway = await SandboxHost.start();
    const { status, stdout, stderr } = await CliUser.withKey(gateway).run(args);
    expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/run: companion( \w+)? --help/);
    expect(await gateway.received()).toEqual([]);
  });

  it.each([
    ["list --gateway-url http://example.com", '--gateway-url must be "sandbox" or an HTTPS URL'],
    ["list --account Bad_", "--account must be an id"],
    ["status Train_a", "The environment's ID must be an id"],
    ["connect train-a --node-pool h100_8x", "--node-pool must be an id"],
    [`${connect} --for 3s --keep`, "--for, in seconds, must be an integer from 60"],
    [`${connect} --timeout 300d`, "--timeout, in seconds, must be an integer"],
  ])("names the option in an error of the server: companion %s", async (args, message) => {
    await using gateway = await SandboxHost.start();
    const { status, stderr } = await CliUser.withKey(gateway).run(args);
    expect(status).toBe(3);
    expect(stderr).toContain(message);
    expect(await gateway.posts()).toEqual([]);
  });

  it("requires an end if the bounds limit the hours", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    writeFileSync(join(user.home, ".fireworks", "companion-bounds.json"), '{ "maxHours": 2 }');
    const { status, stderr } = await user.run(connect);
    expect(status).toBe(3);
    expect(stderr).toContain("Add --for or --until.");
    const end = new Date(Date.now() + 3 * 3_600_000).toISOString();
    const tooLong = await user.run(`${connect} --until ${end} --keep --json`);
    expect(tooLong.status).toBe(3);
    expect(JSON.parse(tooLong.stdout).error.data.bound).toBe("maxHours");
    expect(await gateway.posts()).toEqual([]);
  });

  it("doesn't read files that an argument names", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    writeFileSync(join(user.home, "args"), "--force --confirm train-b");
    const { status } = await user.run("disconnect train-b @args");
    expect(status).toBe(64);
    expect(await gateway.received()).toEqual([]);
  });

  it("connects, shows, and disconnects an environment", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    const connected = await user.run(`${connect} --json --quiet`);
    expect(connected).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(connected.stdout)).toMatchObject({
      environmentId: "train-a",
      state: "CONNECTED",
      connection: { nodePoolId: "h100-8x", numRanks: 8 },
    });
    expect((await user.run("status train-a")).stdout).toMatch(
      /^train-a {2}CONNECTED\n(.*\n)* {2}node pool {7}h100-8x\n/,
    );
    expect((await user.run("list")).stdout).toContain("train-a\tCONNECTED\th100-8x\t8\t");
    const disconnected = await user.run("disconnect train-a");
    expect(disconnected.status).toBe(0);
    expect(disconnected.stdout).toMatch(/^train-a {2}DISCONNECTED\n/);
    expect(disconnected.stderr).toContain("Disconnecting train-a");
    expect((await gateway.posts()).map(({ path }) => path.split(":")[1])).toEqual(["connect", "disconnect"]);
    expect((await user.run("usage")).stdout).toMatch(/^train-a\th100-8x\t/m);
  });

  it("lists pools with the free ranks that the gateway's list lacks", async () => {
    await using gateway = await SandboxHost.start();
    const { status, stdout } = await CliUser.withKey(gateway).run("pools --json");
    expect(status).toBe(0);
    const { nodePools } = JSON.parse(stdout);
    expect(nodePools[0]).toMatchObject({
      nodePoolId: "h100-8x",
      freeRanks: expect.any(Number),
      ranksPerNode: 8,
    });
  });

  it("names similar environments if one is unknown", async () => {
    await using gateway = await SandboxHost.start();
    const { status, stderr } = await CliUser.withKey(gateway).run("status train-x");
    expect(status).toBe(1);
    expect(stderr).toContain("Did you mean train-a, train-b?");
  });

  it("asks about risks, and without a terminal sends nothing unless they're accepted", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    const refused = await user.run("connect eval-c --node-pool h100-8x --ranks 4", "y\n");
    expect(refused).toMatchObject({ status: 3, stdout: "" });
    expect(refused.stderr).toContain("will be interrupted");
    const forPrograms = await user.run("connect eval-c --node-pool h100-8x --ranks 4 --json");
    expect(JSON.parse(forPrograms.stdout).error).toMatchObject({ code: 9, data: { refused: true } });
    expect(await gateway.posts()).toEqual([]);
    expect((await user.run("connect eval-c --node-pool h100-8x --ranks 4 --yes --quiet")).status).toBe(0);
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("doesn't interrupt a connection that's as requested, and only sets its end", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway).hasSystemd();
    await user.run(`${connect} --quiet`);
    const again = await user.run(`${connect} --yes --for 2h --json`);
    expect(again.status).toBe(0);
    expect(again.stderr).toContain("already connected");
    expect(JSON.parse(again.stdout)).toMatchObject({
      state: "CONNECTED",
      lease: { keptBy: ["vscode", "system"] },
    });
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("tells by its exit code what is in effect", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    const status = async (args: string) => (await user.run(args)).status;
    expect(await status("connect train-a --node-pool h200-full --yes")).toBe(5); // no room
    expect(await status("connect train-a --node-pool no-such-pool")).toBe(3); // planned, and refused
    expect(await status("disconnect train-a")).toBe(1); // it isn't connected
    expect(await status("connect train-a --node-pool h100-8x --ranks 8 --for 30s --keep")).toBe(3); // too short
    expect(await status("disconnect brittle-e")).toBe(1); // the snapshot fails
    expect((await CliUser.newcomer(gateway).run("list")).status).toBe(4);
    expect((await CliUser.withKey(gateway, "fw_a_key_that_is_unknown").run("list")).status).toBe(4);
    await gateway.script({ route: "ConnectEnvironment", times: 1, preset: "ResetAfterEffect" });
    expect(await status(`${connect}`)).toBe(0); // the response was lost, and the state shows that it took effect
    user.env.FIREWORKS_BASE_URL = "http://127.0.0.1:1"; // nothing listens there
    expect(await status("status train-a")).toBe(2); // nothing is known
  });

  it("prints an error for programs as JSON-RPC has it", async () => {
    await using gateway = await SandboxHost.start();
    const { status, stdout, stderr } = await CliUser.withKey(gateway).run("disconnect train-a --json");
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 9,
        message: expect.any(String),
        data: { status: "FAILED_PRECONDITION", outcome: "notApplied" },
      },
    });
    expect(stderr).toMatch(/^error: /m);
  });

  it("stops waiting when it's interrupted, and says what the gateway still does", async () => {
    await using gateway = await SandboxHost.start();
    await gateway.hold();
    const { process, ended } = CliUser.withKey(gateway).start([...connect.split(" "), "--json"]);
    let progress = "";
    process.stderr.on("data", (data) => {
      progress += String(data);
    });
    await until(() => progress.includes("Current state: Connecting"));
    process.kill("SIGINT");
    const { status, stdout, stderr } = await ended;
    expect(status).toBe(130);
    expect(JSON.parse(stdout).error.data.outcome).toBe("unknown");
    expect(stderr).toContain("may still connect");
    expect(await gateway.posts()).toHaveLength(1);
  });

  it("prints each state on a line for programs while it watches", async () => {
    await using gateway = await SandboxHost.start();
    const { process, ended } = CliUser.withKey(gateway).start(["watch", "eval-c", "--json"]);
    let lines = "";
    process.stdout.on("data", (data) => {
      lines += String(data);
    });
    await until(() => lines.includes('"CONNECTED"'));
    process.kill("SIGINT");
    expect((await ended).status).toBe(130);
    expect(JSON.parse(lines.split("\n")[0] ?? "")).toMatchObject({
      environmentId: "eval-c",
      environment: { state: "CONNECTED" },
    });
  });

  it("ends when nobody reads what it prints", async () => {
    await using gateway = await SandboxHost.start();
    const { process, ended } = CliUser.withKey(gateway).start(["watch", "eval-c"]);
    process.stdout.once("data", () => process.stdout.destroy());
    const { status, stderr } = await ended;
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("refuses an end that nothing keeps, before anything is sent", async () => {
    await using gateway = await SandboxHost.start();
    const { status, stderr } = await CliUser.newcomer(gateway).run("list");
    expect(status, stderr).toBe(4);
    const user = CliUser.withKey(gateway).hasSystemd();
    writeFileSync(join(user.home, "bin", "broken"), "");
    const refused = await user.run(`${connect} --for 2h`);
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain("--keep");
    expect(await gateway.posts()).toEqual([]);
  });

  it("lets the system keep an end", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway).hasSystemd();
    const { status, stdout } = await user.run(`${connect} --for 2h --json`);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).lease.keptBy).toContain("system");
    const moved = JSON.parse((await user.run("lease train-a --extend 1h --json")).stdout).lease;
    expect(Date.parse(moved.until) - Date.parse(JSON.parse(stdout).lease.until)).toBe(3_600_000);
    expect(moved.keptBy).toContain("system");
    expect(JSON.parse((await user.run("lease train-a --clear --json")).stdout).lease).toBeUndefined();
    expect((await user.run("lease train-a --extend 1h")).status).toBe(64);
  });

  it("keeps an end itself until it's over", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    await user.run(`${connect} --quiet`);
    const end = new Date(Date.now() + 12_000).toISOString();
    const { status, stderr } = await user.run(`lease train-a --until ${end} --keep`);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain("train-a  DISCONNECTED");
    expect((await gateway.environment("train-a")).state).toBe("DISCONNECTED");
  });

  it("leaves ends to VS Code in its terminals, and shares its folder", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    const storage = join(user.home, "storage");
    Object.assign(user.env, { COMPANION_STORAGE_PATH: storage, COMPANION_KEPT_BY: "vscode" });
    const { status, stdout } = await user.run(`${connect} --for 2h --json`);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).lease.keptBy).toEqual(["vscode"]);
    expect(existsSync(join(storage, "state"))).toBe(true);
  });

  it("leaves an end that's due to a process that runs long enough to keep it", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    const storagePath = join(user.home, "storage");
    Object.assign(user.env, { COMPANION_STORAGE_PATH: storagePath, COMPANION_KEPT_BY: "vscode" });
    const end = Date.now() + 12_000;
    await user.run(`${connect} --until ${new Date(end).toISOString()} --quiet`);
    await until(() => Date.now() > end);
    for (const command of ["list", "status train-a", "lease train-a", "usage"])
      expect((await user.run(command)).status).toBe(0);
    expect((await gateway.posts()).map(({ path }) => path.split(":")[1])).toEqual(["connect"]);
    await using server = await Server.open({ gatewayUrl: gateway.url, storagePath });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    await server.request("getEnvironment", { environmentId: "train-a" });
    await expect.poll(async () => (await gateway.environment("train-a")).state).toBe("DISCONNECTED");
  });

  it("sets an end that a server keeps, even if that server watches nothing", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    const storagePath = join(user.home, "storage");
    Object.assign(user.env, { COMPANION_STORAGE_PATH: storagePath, COMPANION_KEPT_BY: "vscode" });
    await using server = await Server.open({ gatewayUrl: gateway.url, storagePath });
    await server.request("signIn", { apiKey: sandboxKeys.main });
    const end = new Date(Date.now() + 12_000).toISOString();
    expect((await user.run(`${connect} --until ${end} --quiet`)).status).toBe(0);
    await expect.poll(async () => (await gateway.environment("train-a")).state).toBe("DISCONNECTED");
    expect((await gateway.posts()).map(({ path }) => path.split(":")[1])).toEqual(["connect", "disconnect"]);
  });

  it("passes on the version of the VS Code whose terminal it runs in", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    await user.run(`${connect} --quiet`);
    Object.assign(user.env, { TERM_PROGRAM: "vscode", TERM_PROGRAM_VERSION: "1.139.1" });
    await user.run("connect train-b --node-pool h100-8x --quiet");
    expect(
      (await gateway.posts()).map(({ body }) => (body as { vscodeVersion?: string }).vscodeVersion),
    ).toEqual([undefined, "1.139.1"]);
  });

  it("lists and ends connections that last too long, and only those of the owner", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway);
    const ids = async (args: string) => {
      const { stdout } = await user.run(`enforce --json ${args}`);
      return (JSON.parse(stdout).connections as { environmentId: string }[]).map(
        ({ environmentId }) => environmentId,
      );
    };
    expect(await ids("--max 1h --created-by any")).toEqual([]); // seen for the first time
    expect(await ids("--max 1s --created-by grace@acme.example")).toEqual([]);
    while (!(await ids("--max 1s --created-by ada@acme.example")).includes("eval-c")); // until a second has passed
    expect(await gateway.posts()).toEqual([]); // a dry run
  });
});

describe("login and logout", () => {
  it("stores a key that the gateway accepts, and removes it", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.newcomer(gateway);
    const file = join(user.home, ".fireworks", "auth.ini");
    const { status, stdout, stderr } = await user.run("login", `${sandboxKeys.main}\n`);
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).not.toContain(sandboxKeys.main);
    expect(readFileSync(file, "utf8")).toContain(`api_key = ${sandboxKeys.main}`);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await user.run("list")).status).toBe(0);
    expect((await user.run("logout")).status).toBe(0);
    expect(readFileSync(file, "utf8")).not.toContain("api_key");
    expect((await user.run("list")).status).toBe(4);
  });

  it("stores nothing that the gateway rejects, or that can't be a key", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.newcomer(gateway);
    const rejected = await user.run("login", "fw_a_key_that_is_unknown\n");
    expect(rejected.status).toBe(4);
    expect(rejected.stderr).not.toContain("fw_a_key_that_is_unknown");
    expect((await user.run("login", "two words\n")).status).toBe(64);
    expect((await user.run("login", "")).status).toBe(64);
    expect(existsSync(join(user.home, ".fireworks"))).toBe(false);
  });

  it("replaces a key only if that's confirmed, and keeps everything else in the file", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.newcomer(gateway);
    const file = join(user.home, ".fireworks", "auth.ini");
    mkdirSync(join(user.home, ".fireworks"));
    writeFileSync(file, "# mine\n[fireworks]\napi_key = fw_an_older_key_0000\n[other]\nname = 1\n");
    const before = readFileSync(file, "utf8");
    expect((await user.run("login", `${sandboxKeys.main}\n`)).status).toBe(3);
    expect(readFileSync(file, "utf8")).toBe(before);
    expect((await user.run("login --yes", `${sandboxKeys.main}\n`)).status).toBe(0);
    const after = readFileSync(file, "utf8");
    expect(after).toContain("# mine\n[fireworks]\n");
    expect(after).toContain("[other]\nname = 1\n");
    expect(after).not.toContain("fw_an_older_key_0000");
  });

  it("doesn't remove a key that ends depend on, unless that's confirmed", async () => {
    await using gateway = await SandboxHost.start();
    const user = CliUser.withKey(gateway).hasSystemd();
    await user.run(`${connect} --for 2h --quiet`);
    const refused = await user.run("logout");
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain("nothing disconnects train-a");
    expect((await user.run("list")).status).toBe(0);
    expect((await user.run("logout --yes")).status).toBe(0);
    expect((await user.run("list")).status).toBe(4);
  });
});
