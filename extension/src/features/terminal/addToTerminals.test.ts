import { chmodSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { recorded } from "../../../test/vscode.js";
import type { App } from "../../app.js";
import { addToTerminals } from "./addToTerminals.js";
import { applyTerminalCommand } from "./terminalCommand.js";

function appWith(stored: Record<string, unknown> = {}) {
  const extensionPath = mkdtempSync(join(tmpdir(), "companion-extension-"));
  mkdirSync(join(extensionPath, "server"));
  writeFileSync(join(extensionPath, "server", "companion"), "");
  chmodSync(join(extensionPath, "server", "companion"), 0o644);
  const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));
  const variables = new Map<string, string>();
  const values = new Map(Object.entries(stored));
  const notify = vi.fn();
  const subscriptions: { dispose(): void }[] = [];
  const ensureReady = vi.fn(async () => undefined);
  disposables.push({
    dispose: () => {
      for (const one of subscriptions) one.dispose();
    },
  });
  const app = {
    context: {
      extensionPath,
      globalStorageUri: { fsPath: storage },
      subscriptions,
      environmentVariableCollection: {
        append: (name: string, value: string) => variables.set(name, value),
        replace: (name: string, value: string) => variables.set(name, value),
        clear: () => variables.clear(),
      },
    },
    globalState: {
      get: (name: string) => values.get(name),
      update: async (name: string, value: unknown) => void values.set(name, value),
    },
    log: { warn: vi.fn() },
    reporter: { notify },
    server: { state: "stopped" },
    session: { ensureReady },
    store: { view: { sandbox: false, account: undefined } },
  } as unknown as App;
  return { app, variables, notify, extensionPath, storage, ensureReady };
}

const disposables: { dispose(): void }[] = [];
afterEach(() => {
  for (const one of disposables.splice(0)) one.dispose();
});

describe("the command in terminals", () => {
  it("is off until the user asks for it", () => {
    const { app, variables } = appWith();
    applyTerminalCommand(app);
    expect(variables.size).toBe(0);
  });

  it("is added with the storage folder of VS Code", async () => {
    const { app, variables, notify, extensionPath, storage } = appWith();
    await addToTerminals(app);
    expect(Object.fromEntries(variables)).toEqual({
      PATH: delimiter + join(extensionPath, "server"),
      COMPANION_STORAGE_PATH: storage,
      COMPANION_KEPT_BY: "vscode",
    });
    expect(notify).toHaveBeenCalledTimes(1);
    if (process.platform !== "win32")
      expect(statSync(join(extensionPath, "server", "companion")).mode & 0o111).not.toBe(0);
  });

  it.each([
    ["Remove from Terminals", 0],
    [undefined, 3],
  ])("is removed only if the user chooses that (%s)", async (answer, left) => {
    const { app, variables } = appWith({ terminalCommand: true });
    applyTerminalCommand(app);
    recorded.click = answer;
    await addToTerminals(app);
    expect(variables.size).toBe(left);
  });

  it("starts the server for an end that the command line may have set", async () => {
    const { app, storage, ensureReady } = appWith({ terminalCommand: true });
    mkdirSync(join(storage, "state"));
    applyTerminalCommand(app);
    await expect
      .poll(() => {
        writeFileSync(join(storage, "state", "bell"), `${Math.random()}`); // until it's watched
        return ensureReady.mock.calls.length;
      })
      .toBeGreaterThan(0);
  });
});
