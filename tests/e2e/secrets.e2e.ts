import { rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { expect } from "vitest";
import { GoogleRpcCode } from "../../extension/src/errors/rpcError.js";
import { Authority } from "../blackbox/support/authority.js";
import { type Fault, type SandboxHost, sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { tlsBefore } from "../blackbox/support/tlsServers.js";
import { type Written, writtenIn, writtenOfProcess } from "../blackbox/support/written.js";
import { findForms, formsOf } from "../fuzz/keySearch.js";
import {
  saveReport,
  select,
  serverProcess,
  startGateway,
  startToConnect,
  statusOf,
  trainA,
  vsix,
} from "./companion.ts";
import { browserStorage, test, until, type VSCode } from "./harness/index.ts";
import { programs } from "./programs.ts";

const key = sandboxKeys.main;
const wrong = "fw_test_wrong_key_0123456789";

/** An error response that includes what it was sent, like a careless gateway or proxy. */
function echo(status: number, code: number, headers: Record<string, string> = {}): Fault {
  const body = JSON.stringify({ code, message: `Bearer ${key}`, details: [{ key }] });
  return {
    times: null,
    fault: { status, body, headers: { "x-request-id": key, "x-trace": key, ...headers } },
  };
}

const failures: readonly Fault[] = [
  echo(401, GoogleRpcCode.Unauthenticated),
  echo(403, GoogleRpcCode.PermissionDenied),
  echo(418, GoogleRpcCode.Unknown),
  echo(500, GoogleRpcCode.Internal),
  { times: null, fault: { status: 200, body: `<html>${key}` } },
  { times: null, fault: { status: 302, headers: { Location: `http://x/${key}` }, body: "" } },
  { times: null, preset: "Html502" },
  { times: null, preset: "ResetBeforeEffect" },
];
/** Must come last, because the account counts as limited for minutes afterwards. */
const tooMany = echo(429, GoogleRpcCode.ResourceExhausted, { "Retry-After": "1" });

/** Runs an action that must fail, and dismisses its notifications, or the picker that says why there's nothing to choose from. */
async function failing({ workbench }: VSCode, act: () => Promise<void>): Promise<string> {
  await act();
  const { notifications, quickInput } = workbench;
  const { errors, rows } = await until(
    "an error",
    async () => ({
      errors: (await notifications.read()).filter(({ severity }) => severity === "error"),
      // Without waiting: the picker closes when there's a notification instead.
      rows:
        (await quickInput.read())?.title !== "Select Environment"
          ? []
          : await workbench.page.locator(".quick-input-list .monaco-list-row").allTextContents(),
    }),
    (shown) => shown.errors.length > 0 || shown.rows.length > 0,
  );
  if (rows.length > 0) await quickInput.cancel();
  await workbench.runCommand("Notifications: Clear All Notifications");
  return [...errors.map(({ message }) => message), ...rows].join("\n");
}

async function refuseThenSignIn({ workbench }: VSCode): Promise<void> {
  const { quickInput, notifications } = workbench;
  await workbench.runCommand("Companion: Sign In…");
  await quickInput.waitFor({ title: "Sign In to Fireworks" });
  await quickInput.type(wrong);
  await quickInput.accept();
  await until(
    "the wrong key to be refused",
    () => quickInput.read(),
    (view) => view?.severity === "error",
  );
  await quickInput.type(key);
  await quickInput.accept();
  await notifications.waitFor(/^Signed in to account/);
}

async function killInTheMiddle(vscode: VSCode, gateway: SandboxHost): Promise<void> {
  await startToConnect(vscode, gateway);
  await vscode.server.killProcesses(serverProcess);
  await gateway.release();
  await statusOf(vscode.workbench).waitFor({ text: `${trainA.name}: Connected` });
  await vscode.workbench.runCommand("Notifications: Clear All Notifications");
}

async function disconnectWithoutAnswer({ workbench }: VSCode, gateway: SandboxHost): Promise<void> {
  await gateway.script({ route: "DisconnectEnvironment", preset: "ResetAfterEffect" });
  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.click("Disconnect");
  await statusOf(workbench).waitFor({ text: `${trainA.name}: Disconnected` });
}

/** The server's programs, because the sandbox in them contains its own keys. */
const packaged = /[\\/]companion\.companion-[\d.]+[\\/]server[\\/][^\\/]+$/;

/** Everything that was written, here and in the browser, and what the system shows of the processes. */
async function everythingWritten({ workbench, server }: VSCode): Promise<Written[]> {
  const processes = await server.processes();
  // If the harness has its own folder for temporary files, VS Code's folders and the browser's profile are in it.
  const folder = process.platform === "linux" ? tmpdir() : dirname(server.userData);
  const files = await writtenIn(folder);
  return [
    ...files.filter(({ where }) => !packaged.test(where)),
    ...(await browserStorage(workbench.page)),
    { where: "the window", text: await workbench.page.content() },
    { where: "stdout and stderr of VS Code's server", text: server.output() },
    ...(await Promise.all(processes.map(({ pid }) => writtenOfProcess(pid)))).flat(),
  ];
}

test.skipIf(!programs.openssl)(
  "whatever fails and however much is traced, a key exists only sealed in VS Code's secret storage",
  async ({ startVSCode }) => {
    await using gateway = await startGateway();
    await using authority = await Authority.create(programs.openssl);
    await using untrusted = await tlsBefore(gateway.url, await authority.selfSigned("localhost"));
    const untrustedUrl = `https://localhost:${untrusted.port}`;
    const vscode = await startVSCode({
      vsix: [vsix],
      trace: true,
      settings: { "companion.gatewayUrl": gateway.url, "companion.trace.server": "verbose" },
    });
    const { workbench, server } = vscode;
    const console: string[] = [];
    workbench.page.on("console", (message) => console.push(message.text()));

    await refuseThenSignIn(vscode);
    await select(vscode, trainA.name);
    const list = () => workbench.runCommand("Companion: Select Environment…");
    for (const failure of failures) {
      await gateway.script({ route: "ListEnvironments", ...failure });
      await failing(vscode, list);
      await gateway.clear();
    }
    await killInTheMiddle(vscode, gateway);
    await disconnectWithoutAnswer(vscode, gateway);
    // The second one would have the same name.
    await rename(await saveReport(vscode), `${server.home}/first.zip`);

    // Startup errors: params that the server rejects, and a gateway with an untrusted certificate.
    const starts = [
      [{ "companion.accountId": "Not An Id" }, /accountId/],
      [{ "companion.accountId": "", "companion.gatewayUrl": untrustedUrl }, /certificate/],
      [{ "companion.gatewayUrl": gateway.url }, /temporarily limited/],
    ] as const;
    await gateway.script({ route: "ListEnvironments", ...tooMany });
    for (const [settings, reason] of starts) {
      await server.changeSettings(settings);
      await workbench.reload();
      expect(await failing(vscode, list)).toMatch(reason);
    }
    await rename(await saveReport(vscode), `${server.home}/second.zip`);

    const written = [...(await everythingWritten(vscode)), { where: "console", text: console.join("\n") }];
    // Make sure that these places were searched.
    const log = written.filter(({ where }) => where.endsWith("Companion.log")).map(({ text }) => text);
    expect(
      log.some((text) => /Sending request 'signIn[^']*'\.\nParams: \{\s*"apiKey": "\[API key\]"/.test(text)),
    ).toBe(true);
    const places = ["first.zip: logs/Companion.log", "second.zip: diagnosis.md", "/environ", "/cmdline"];
    for (const place of [...places, "localStorage: secrets.provider", "IndexedDB: vscode-web-state-db"])
      expect(
        written.some(({ where, text }) => where.includes(place) && text !== ""),
        place,
      ).toBe(true);
    for (const secret of [key, wrong]) {
      const forms = formsOf(secret);
      const places = written
        .filter(({ text }) => findForms(text, forms).length > 0)
        .map(({ where }) => where);
      expect(places).toEqual([]);
    }
  },
);
