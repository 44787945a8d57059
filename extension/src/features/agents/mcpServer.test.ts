import { beforeEach, describe, expect, it, vi } from "vitest";
import type { App } from "../../app.js";
import type { KeyChoice } from "../../session/signInMark.js";
import type { McpApi, McpProvider } from "./mcpApi.js";
import { offerMcpServer } from "./mcpServer.js";

const program = { command: "/dotnet", args: ["companion-server.dll"], cwd: "/" };
const apiKey = "fw_a_key_for_agents_0000";

const ensureReady = vi.fn(async () => undefined);
beforeEach(() => ensureReady.mockClear());

function offered(choice: KeyChoice, sandbox = false) {
  const app = {
    context: {
      extension: { packageJSON: { version: "0.1.0" } },
      globalStorageUri: { fsPath: "/storage" },
    },
    credentials: { choose: async () => choice },
    session: { ensureReady },
    store: { view: { sandbox } },
  } as unknown as App;
  class Definition {
    constructor(
      readonly label: string,
      readonly command: string,
      readonly args: readonly string[],
      public env: Record<string, string | number | null>,
      readonly version: string,
    ) {}
  }
  let provider: McpProvider | undefined;
  const api: McpApi = {
    McpStdioServerDefinition: Definition,
    lm: {
      registerMcpServerDefinitionProvider: (_, given) => {
        provider = given;
        return { dispose: () => undefined };
      },
    },
  };
  offerMcpServer(app, async () => program, api);
  if (!provider) throw new Error("No provider was registered.");
  return provider;
}

async function resolved(choice: KeyChoice, sandbox?: boolean) {
  const provider = offered(choice, sandbox);
  const [definition] = await provider.provideMcpServerDefinitions();
  if (!definition) throw new Error("There's no server.");
  expect(definition).toMatchObject({
    label: "Companion",
    command: "/dotnet",
    args: ["companion-server.dll", "mcp"],
    env: {},
    version: "0.1.0",
  });
  return (await provider.resolveMcpServerDefinition(definition)).env;
}

const storage = { COMPANION_STORAGE_PATH: "/storage", COMPANION_KEPT_BY: "vscode" };

describe("the MCP server for agents in VS Code", () => {
  it("gets the key and account only when it's started", async () => {
    const env = await resolved({ kind: "stored", at: 1, apiKey, accountId: "acme" });
    expect(env).toEqual({ FIREWORKS_API_KEY: apiKey, FIREWORKS_ACCOUNT_ID: "acme", ...storage });
    expect(ensureReady, "VS Code's server keeps the ends").toHaveBeenCalledTimes(1);
  });

  it("finds a key outside VS Code itself", async () => {
    expect(await resolved({ kind: "found" })).toEqual(storage);
  });

  it("isn't started after a sign-out", async () => {
    await expect(resolved({ kind: "none" })).rejects.toThrow("Sign in to Companion first.");
  });

  it("gets no key in the sandbox", async () => {
    const env = await resolved({ kind: "stored", at: 1, apiKey, accountId: "acme" }, true);
    expect(env).toEqual({ FIREWORKS_BASE_URL: "sandbox", ...storage });
  });

  it("isn't offered by a VS Code without MCP", () => {
    expect(() => offerMcpServer({} as App, async () => program, undefined).dispose()).not.toThrow();
  });
});
