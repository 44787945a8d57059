import { mkdtempSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ExtensionContext } from "vscode";
import manifest from "../package.json" with { type: "json" };
import nls from "../package.nls.json" with { type: "json" };
import { sourceFiles } from "../scripts/l10n.mjs";
import { EventEmitter, recorded } from "../test/vscode.js";
import { commandNames, idOf } from "./commands/commands.js";
import { activate, deactivate } from "./extension.js";
import { timesIn } from "./util/times.js";

const spawn = vi.hoisted(() => vi.fn());
vi.mock("node:child_process", () => ({ spawn }));
vi.mock("./client/main.js", () => {
  throw new Error("the language client is loaded");
});

const storage = mkdtempSync(join(tmpdir(), "companion-storage-"));

const remembered = {
  selection: { accountId: "acme", environmentId: "trainer" },
  environment: {
    accountId: "acme",
    environmentId: "trainer",
    state: "CONNECTED",
    observedAt: "2026-11-22T05:00:00Z",
  },
};

function context(): ExtensionContext {
  const written = vi.fn();
  const memento = (kept: Record<string, unknown>) => ({ get: (key: string) => kept[key], update: written });
  return {
    subscriptions: [],
    extension: { packageJSON: manifest },
    extensionPath: "/ext",
    globalStorageUri: { fsPath: storage },
    workspaceState: memento({ environment: remembered }),
    globalState: memento({}),
    secrets: {
      onDidChange: new EventEmitter<unknown>().event,
      get: vi.fn(() => Promise.reject(new Error("asked"))),
    },
    written,
  } as unknown as ExtensionContext;
}

beforeEach(() => {
  recorded.commands.clear();
  recorded.statusBarItems.length = 0;
  recorded.messages.length = 0;
  recorded.windowState.focused = false;
});

/** Activates, and waits for what follows it. */
async function activated(context: ExtensionContext): Promise<void> {
  activate(context);
  await vi.waitUntil(() => recorded.statusBarItems.some(({ shown }) => shown), 10_000);
}

describe("activation", () => {
  it("shows the last known state as outdated, and does nothing else", async () => {
    const given = context();
    await activated(given);
    const [item] = recorded.statusBarItems;
    expect(item).toMatchObject({
      id: "environment",
      name: "Companion",
      command: "companion.showMenu",
      text: `$(history) trainer: Connected? (${timesIn("en").short(remembered.environment.observedAt)})`,
      shown: true,
    });
    expect(item?.accessibilityInformation?.label).toContain("last known state Connected");
    await deactivate();
    expect(spawn).not.toHaveBeenCalled();
    expect(given.secrets.get).not.toHaveBeenCalled();
    expect((given as unknown as { written: unknown }).written).not.toHaveBeenCalled();
    expect(recorded.messages).toEqual([]);
  });

  it("allows only its own commands in the tooltip", async () => {
    await activated(context());
    const trusted = recorded.statusBarItems[0]?.tooltip?.isTrusted as { enabledCommands: string[] };
    expect(trusted.enabledCommands.length).toBeGreaterThan(0);
    for (const command of trusted.enabledCommands) expect(command).toMatch(/^companion\./);
  });

  it("has a handler for each command of the manifest", () => {
    activate(context());
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    expect([...recorded.commands.keys()]).toEqual(contributed);
    expect(commandNames.map(idOf).sort()).toEqual([...contributed].sort());
  });

  it("loads the rest just after it, and a command that's run earlier waits for that", async () => {
    const given = context();
    activate(given);
    expect(given.subscriptions).toHaveLength(commandNames.length);
    await recorded.commands.get("companion.leaveSandbox")?.();
    expect(given.subscriptions.length).toBeGreaterThan(commandNames.length);
  });
});

describe("the manifest", () => {
  it("lets no workspace set anything", () => {
    for (const setting of Object.values(manifest.contributes.configuration.properties)) {
      expect(setting.scope).toBe("application");
    }
    expect(manifest.capabilities).toEqual({
      untrustedWorkspaces: { supported: true },
      virtualWorkspaces: true,
    });
  });

  it("has no default keyboard shortcuts", () =>
    expect(manifest.contributes).not.toHaveProperty("keybindings"));

  it("comes with sources that write no settings", () => {
    for (const { name, contents } of sourceFiles()) {
      expect(contents, name).not.toMatch(/ConfigurationTarget|getConfiguration\([^)]*\)\s*\.update\b/);
    }
  });

  it("has a text for every key, and no unused texts", async () => {
    const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
    const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
    expect([...new Set(used)].sort()).toEqual(Object.keys(nls).sort());
  });
});
