import * as vscode from "vscode";
import type { App } from "../../app.js";
import { agentVariables, type FindProgram } from "./agentProcess.js";
import type { McpClient } from "./mcpClient.js";
import { findToolApi, type Tool, type ToolApi } from "./toolApi.js";
import { textsOf } from "./toolTexts.js";

/** Before the names of the tools in the manifest. */
const prefix = "companion_";

/** Offers Companion's tools to agents in VS Code, if VS Code has them. The process behind them is started with the first call. */
export function offerTools(
  app: App,
  findProgram: FindProgram,
  api: ToolApi | undefined = findToolApi(),
): vscode.Disposable {
  if (!api) return vscode.Disposable.from();
  let client: Promise<McpClient> | undefined;
  const connected = async () => {
    if (!client || (await client.catch(() => undefined))?.isEnded !== false) client = start(app, findProgram);
    return client;
  };
  const registered = toolsIn(app.context).map(({ name, displayName }) =>
    api.lm.registerTool(name, toolOf(name.slice(prefix.length), displayName, connected, api)),
  );
  const stop = () => void client?.then((running) => running.dispose()).catch(() => undefined);
  const forget = app.credentials.onChange.listen(() => {
    stop(); // the next call uses the other key
    client = undefined;
  });
  return vscode.Disposable.from(...registered, forget, new vscode.Disposable(stop));
}

async function start(app: App, findProgram: FindProgram): Promise<McpClient> {
  const [{ McpClient }, program, variables] = await Promise.all([
    import("./mcpClient.js"),
    findProgram(app.context),
    agentVariables(app),
  ]);
  return McpClient.start(program, variables, (line) => app.log.info(line));
}

function toolsIn({ extension }: vscode.ExtensionContext) {
  const { contributes } = extension.packageJSON as {
    contributes?: {
      languageModelTools?: readonly { readonly name: string; readonly displayName: string }[];
    };
  };
  return contributes?.languageModelTools ?? [];
}

function toolOf(name: string, title: string, connected: () => Promise<McpClient>, api: ToolApi): Tool {
  return {
    prepareInvocation: ({ input }) => textsOf(name, title, input, Date.now()),
    async invoke({ input }, token) {
      const canceled = new AbortController();
      const listening = token.onCancellationRequested(() => canceled.abort());
      try {
        const { content = [] } = await (await connected()).call(name, input, canceled.signal);
        return new api.LanguageModelToolResult(
          content.map(({ text = "" }) => new api.LanguageModelTextPart(text)),
        );
      } finally {
        listening.dispose();
      }
    },
  };
}
