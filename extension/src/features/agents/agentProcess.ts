import * as l10n from "@vscode/l10n";
import type * as vscode from "vscode";
import type { App } from "../../app.js";
import type { Program } from "../../server/client.js";
import { readSettings } from "../../settings.js";

/** Finds the server's program. */
export type FindProgram = (context: vscode.ExtensionContext) => Promise<Program>;

/** The arguments with which the program serves agents. */
export const agentArguments = (program: Program): string[] => [...program.args, "mcp"];

/**
 * The variables that the program for agents needs: the gateway, the key and the account that the user is signed in with, and the storage folder of
 * this VS Code, whose server keeps the ends of connections, and is started for that.
 * @throws if the user has signed out
 */
export async function agentVariables(app: App): Promise<Record<string, string>> {
  const { context, credentials, log, session, store } = app;
  const { sandbox } = store.view;
  if (!sandbox)
    session.ensureReady().catch((error) => log.warn(`Couldn't start the server for an agent: ${error}`));
  const baseUrl = sandbox ? "sandbox" : readSettings().gatewayUrl;
  return {
    ...(baseUrl && { FIREWORKS_BASE_URL: baseUrl }),
    ...(sandbox ? {} : await keyOf(credentials)),
    COMPANION_STORAGE_PATH: context.globalStorageUri.fsPath,
    COMPANION_KEPT_BY: "vscode",
  };
}

async function keyOf(credentials: App["credentials"]): Promise<Record<string, string>> {
  const choice = await credentials.choose();
  switch (choice.kind) {
    case "none":
      throw new Error(l10n.t("Sign in to Companion first."));
    case "stored":
      return { FIREWORKS_API_KEY: choice.apiKey, FIREWORKS_ACCOUNT_ID: choice.accountId };
    case "found":
      return {}; // it finds the key itself
  }
}
