import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SandboxHost, sandboxKeys } from "../blackbox/support/sandboxHost.js";
import {
  type CodeServerOptions,
  escaped,
  type StartVSCode,
  type StatusBarItem,
  until,
  type VSCode,
  type Workbench,
} from "./harness/index.ts";

/** The package as users install it. */
export const vsix = packaged(fileURLToPath(new URL("../../out/companion-0.1.0.vsix", import.meta.url)));

/** The name of Companion's server in the list of processes. */
export const serverProcess = "companion-server";

/** A sandbox gateway. To see an intermediate state, a test holds it, because no duration is long enough everywhere. */
export const startGateway = () => SandboxHost.start(["--connect-ms", "1000", "--disconnect-ms", "1000"]);

/** The environment that tests connect if it doesn't matter which one. */
export const trainA = { id: "train-a", name: "Language model training" } as const;

/** Companion's status bar item. */
export const statusOf = (workbench: Workbench): StatusBarItem =>
  workbench.statusBarItem("companion.companion.environment");

/**
 * Signs in with the Command Palette.
 * @param account the one that the key belongs to; the notification of an earlier sign-in may still be there
 */
export async function signIn(
  { workbench }: VSCode,
  apiKey: string,
  account = "acme-research",
): Promise<void> {
  await workbench.runCommand("Companion: Sign In…");
  await workbench.quickInput.waitFor({ title: "Sign In to Fireworks" });
  await workbench.quickInput.type(apiKey);
  await workbench.quickInput.accept();
  await workbench.notifications.waitFor(new RegExp(`^Signed in to account ${account}`));
}

/** A window that's signed in to a gateway with its main key. */
export async function startSignedIn(
  startVSCode: StartVSCode,
  gateway: SandboxHost,
  options: Pick<CodeServerOptions, "settings" | "keybindings" | "files" | "vsix"> = {},
): Promise<VSCode> {
  const settings = { "companion.gatewayUrl": gateway.url, ...options.settings };
  const vscode = await startVSCode({ ...options, vsix: [vsix, ...(options.vsix ?? [])], settings });
  await signIn(vscode, sandboxKeys.main);
  return vscode;
}

/** Selects an environment in a window. */
export async function select({ workbench }: VSCode, environment: string): Promise<void> {
  await workbench.runCommand("Companion: Select Environment…");
  await workbench.quickInput.waitFor({ placeholder: "Choose an environment" });
  await workbench.quickInput.choose(environment);
  await statusOf(workbench).waitFor({ text: new RegExp(`^${escaped(environment)}: [^?]*$`) });
}

/**
 * Chooses an environment and a node pool for Choose Node Pool…, and stops at the number of ranks. The first picker is
 * skipped if the workspace already has an environment.
 */
export async function chooseForConnect(
  { workbench }: VSCode,
  environment: string,
  nodePool: string,
): Promise<void> {
  const { quickInput } = workbench;
  const first = await quickInput.waitFor({ title: /^Connect.* \([12]\/3\)$/ });
  if (first.title.endsWith("(1/3)")) {
    await quickInput.choose(environment);
    await quickInput.waitFor({ title: `Connect ${environment} (2/3)` });
  }
  await quickInput.choose(nodePool);
  await quickInput.waitFor({ title: /\(3\/3\)/ });
}

/**
 * Starts to connect {@link trainA} with the pickers, without waiting for the result.
 * @param prepare runs right before the last key press
 */
export async function beginToConnect(vscode: VSCode, prepare = async () => {}): Promise<void> {
  await vscode.workbench.runCommand("Companion: Choose Node Pool…");
  await chooseForConnect(vscode, trainA.name, "h100-8x");
  await prepare();
  await vscode.workbench.quickInput.accept();
}

/**
 * Starts to connect {@link trainA} with the pickers, and waits until the status bar shows it. The gateway is held, so
 * it connects until the gateway is released.
 */
export async function startToConnect(vscode: VSCode, gateway: SandboxHost): Promise<void> {
  await gateway.hold();
  await beginToConnect(vscode);
  await statusOf(vscode.workbench).waitFor({ text: inProgress(trainA.name, "Connecting…") });
}

/** Connects {@link trainA} with the pickers. */
export async function connect(vscode: VSCode): Promise<void> {
  await beginToConnect(vscode);
  await statusOf(vscode.workbench).waitFor({ text: `${trainA.name}: Connected` });
}

/** The status bar's text for a state in progress, which has the time after a while. */
export const inProgress = (environment: string, state: string) =>
  new RegExp(`^${escaped(environment)}: ${state}`);

/** Delays the verification of the next server's key, so that the state until then is visible. */
export const slowToConfirm = (gateway: SandboxHost) =>
  gateway.script({ route: "VerifyApiKey", fault: { delayMs: 5_000 } });

/**
 * Saves a report with the default name.
 * @returns the path of the ZIP file
 */
export async function saveReport(vscode: VSCode): Promise<string> {
  const { quickInput, notifications } = vscode.workbench;
  await vscode.workbench.runCommand("Companion: Save Report…");
  await quickInput.waitFor({ title: "Save Report: Choose Contents" }, 60_000);
  await vscode.screenshot("report");
  await quickInput.accept();
  await quickInput.waitFor({ title: "Save Report" });
  await quickInput.accept();
  const { message } = await notifications.waitFor(/Report saved/);
  return /saved: (.*\.zip)\./.exec(message)?.[1] ?? "";
}

function packaged(path: string): string {
  if (!existsSync(path)) throw new Error(`${path} is not there: npm run package makes it.`);
  return path;
}

/** Waits until an environment is in a state at the gateway. */
export async function untilState(gateway: SandboxHost, environmentId: string, state: string): Promise<void> {
  await until(
    `${environmentId} to be ${state}`,
    () => gateway.environment(environmentId),
    (environment) => environment.state === state,
  );
}

/** Disconnects `trainA` outside of Companion, and refreshes the window. */
export async function disconnectElsewhere({ workbench }: VSCode, gateway: SandboxHost): Promise<void> {
  await gateway.changeElsewhere(trainA.id, "disconnect", {});
  await untilState(gateway, trainA.id, "DISCONNECTED");
  await workbench.runCommand("Companion: Refresh");
  await statusOf(workbench).waitFor({ text: `${trainA.name}: Disconnected` });
}
