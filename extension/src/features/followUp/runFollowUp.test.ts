import { homedir } from "node:os";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { mementoOf } from "../../../test/memento.js";
import { confirmed, environment } from "../../../test/views.js";
import { commands, RecordingLog, recorded, TerminalExitReason } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { MaskedLog } from "../../log/maskedLog.js";
import { SecretMask } from "../../log/secretMask.js";
import { Reporter } from "../../ui/report.js";
import { runFollowUp } from "./runFollowUp.js";

const setting = "companion.onConnected";
const connected = environment({ connection: { nodePoolId: "h100", numRanks: 8 } });

/** A machine, whose approvals outlive a window. */
function harness() {
  const kept = new Map<string, unknown>();
  const log = new RecordingLog();
  const mask = new SecretMask();
  const app = {
    globalState: mementoOf(kept),
    store: { view: confirmed(connected) },
    reporter: new Reporter(new MaskedLog(log as never, mask), mask),
  } as unknown as App;
  /** Changes the environment while the setting has a value, and answers the question. */
  const run = async (value: unknown, click?: string) => {
    recorded.settings.set(setting, value);
    recorded.click = click;
    recorded.messages.length = 0;
    recorded.terminals.length = 0;
    void runFollowUp(app, "connect", connected);
    await settled();
  };
  return { run, kept, log };
}

/** Waits until everything has happened that doesn't wait for the user. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Ends the last terminal's process. */
async function close(code: number | undefined): Promise<void> {
  const terminal = recorded.terminals.at(-1);
  if (!terminal) throw new Error("there's no terminal");
  terminal.exitStatus = { code, reason: TerminalExitReason.Process };
  recorded.terminalClosed.fire(terminal);
  await settled();
}

beforeEach(() => {
  recorded.settings.clear();
  recorded.executed.length = 0;
});

describe("a command line", () => {
  const ssh = { terminal: ["ssh", "$HOME", "secret"] };

  it("is shown and confirmed, and runs without a shell, in the home folder, once", async () => {
    const { run, kept, log } = harness();
    await run(ssh, "Run");
    expect(recorded.messages).toEqual(["Run this command line from companion.onConnected in a terminal?"]);
    expect(recorded.modal).toMatchObject({ detail: expect.stringMatching(/^"ssh" "\$HOME" "secret"\n/) });
    expect(recorded.buttons).toEqual(["Open Settings", "Run", "Always Run", "Not Now"]);
    expect(recorded.terminals.map(({ options }) => options)).toEqual([
      {
        shellPath: "ssh",
        shellArgs: ["$HOME", "secret"],
        cwd: { scheme: "file", path: homedir() },
        env: expect.objectContaining({ COMPANION_ENVIRONMENT_ID: "trainer", COMPANION_NUM_RANKS: "8" }),
        isTransient: true,
      },
    ]);
    expect([...kept]).toEqual([]);
    await run(ssh);
    expect(recorded.messages).toHaveLength(1);
    expect(log.text).toBe("");
  });

  it.each([undefined, "Not Now", "Open Settings"])("doesn't run after %s", async (click) => {
    const { run, kept } = harness();
    await run(ssh, click);
    expect(recorded.terminals).toEqual([]);
    expect([...kept]).toEqual([]);
  });

  it("runs without a question once it's approved, until the setting changes", async () => {
    const { run, kept } = harness();
    await run(ssh, "Always Run");
    await run(ssh);
    expect(recorded.messages).toEqual([]);
    expect(recorded.terminals).toHaveLength(1);
    expect(JSON.stringify([...kept])).not.toContain("secret");
    await run({ terminal: ["ssh", "$HOME", "other"] });
    expect(recorded.messages).toHaveLength(1);
    expect(recorded.terminals).toEqual([]);
    await run(ssh);
    expect(recorded.terminals).toHaveLength(1);
  });

  it.each([
    [undefined, ["companion.onConnected failed: ssh couldn't be started. Check its path."]],
    [0, []],
    [255, []], // VS Code reports it
  ])("that ends with code %s is reported if it never started", async (code, messages) => {
    const { run } = harness();
    await run(ssh, "Run");
    recorded.messages.length = 0;
    await close(code);
    expect(recorded.messages).toEqual(messages);
  });
});

describe("a VS Code command", () => {
  const command = { command: "a.b", arguments: [{ x: 1 }, "$HOME"] };

  it("gets its arguments as they are", async () => {
    const { run } = harness();
    await run(command, "Run");
    expect(recorded.messages).toEqual(["Run this VS Code command from companion.onConnected?"]);
    expect(recorded.executed).toEqual([["a.b", { x: 1 }, "$HOME"]]);
  });

  it("that fails is reported, without a log line", async () => {
    const { run, log } = harness();
    vi.spyOn(commands, "executeCommand").mockRejectedValueOnce(new Error("command 'a.b' not found"));
    await run(command, "Run");
    expect(recorded.messages.at(-1)).toBe("companion.onConnected failed: command 'a.b' not found");
    expect(log.text).toBe("");
  });
});

it("an invalid value is reported, and nothing runs", async () => {
  const { run } = harness();
  await run({ terminal: "ssh gpu" });
  expect(recorded.messages).toEqual([
    "companion.onConnected.terminal takes a program and its arguments, as an array of strings.",
  ]);
  expect(recorded.buttons).toEqual(["Open Settings"]);
  expect(recorded.terminals).toEqual([]);
});
