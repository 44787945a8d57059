import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SandboxHost } from "../blackbox/support/sandboxHost.js";
import type { StatusBarItem, VSCode, Workbench } from "./harness/index.ts";

/** The package as a person installs it. */
export const vsix = packaged(fileURLToPath(new URL("../../out/companion-0.1.0.vsix", import.meta.url)));

/** What VS Code's process list shows of Companion's server. */
export const serverProcess = "companion-server";

/** A sandbox gateway slow enough that a person, and a test, sees what happens in between. */
export const startGateway = () => SandboxHost.start(["--connect-ms", "3000", "--disconnect-ms", "3000"]);

/** Companion's item in the status bar. */
export const statusOf = (workbench: Workbench): StatusBarItem =>
  workbench.statusBarItem("companion.companion.environment");

/** Signs in by the palette, as a person does. */
export async function signIn({ workbench }: VSCode, apiKey: string): Promise<void> {
  await workbench.runCommand("Companion: Sign In…");
  await workbench.quickInput.waitFor({ title: "Sign In to Fireworks" });
  await workbench.quickInput.type(apiKey);
  await workbench.quickInput.accept();
  await workbench.notifications.waitFor(/^Signed in to account/);
}

/** Chooses environment and node pool in the pickers of Connect…, and stops before the number of ranks. */
export async function chooseForConnect(
  { workbench }: VSCode,
  environment: string,
  nodePool: string,
): Promise<void> {
  const { quickInput } = workbench;
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await quickInput.choose(environment);
  await quickInput.waitFor({ title: `Connect ${environment} (2/3)` });
  await quickInput.choose(nodePool);
  await quickInput.waitFor({ title: /\(3\/3\)/ });
}

function packaged(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not there: npm run package makes it.`);
  return path;
}
