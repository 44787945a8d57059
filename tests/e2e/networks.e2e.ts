import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import { expect } from "vitest";
import { Authority } from "../blackbox/support/authority.js";
import { sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { gatewayName, Squid, type SquidOptions } from "../blackbox/support/squid.js";
import { tlsBefore } from "../blackbox/support/tlsServers.js";
import {
  connect,
  saveReport,
  select,
  serverProcess,
  signIn,
  startGateway,
  statusOf,
  trainA,
  vsix,
} from "./companion.ts";
import { type StartVSCode, test, until, type VSCode } from "./harness/index.ts";
import { missing, programs } from "./programs.ts";

/** Runs the main job in a window that can reach the gateway only through a proxy. */
async function playThrough(vscode: VSCode): Promise<void> {
  const { workbench } = vscode;
  await signIn(vscode, sandboxKeys.main);
  await connect(vscode);
  await vscode.screenshot("connected");
  await workbench.runCommand("Companion: Disconnect…");
  await workbench.dialog.click("Disconnect");
  await statusOf(workbench).waitFor({ text: `${trainA.name}: Disconnected` });
}

interface Authorities {
  /** The gateway's. */
  readonly origin: Authority;
  /** For a proxy that intercepts. */
  readonly inspector: Authority;
}

/** A window, a proxy, and a gateway behind it that only the proxy can resolve. */
async function throughProxy(
  startVSCode: StartVSCode,
  options: (inspector: Authority) => SquidOptions,
  play: (vscode: VSCode, proxy: Squid, authorities: Authorities) => Promise<void>,
  settings: (proxy: Squid, origin: Authority, inspector: Authority) => Record<string, unknown>,
): Promise<void> {
  await using gateway = await startGateway();
  await using origin = await Authority.create(programs.openssl);
  await using inspector = await Authority.create(programs.openssl, "Inspecting Authority");
  await using front = await tlsBefore(gateway.url, await origin.issue([gatewayName]));
  await using proxy = await Squid.start(programs, { trusts: origin.pem.certificate, ...options(inspector) });
  const vscode = await startVSCode({
    vsix: [vsix],
    settings: {
      "companion.gatewayUrl": `https://${gatewayName}:${front.port}`,
      ...settings(proxy, origin, inspector),
    },
  });
  await play(vscode, proxy, { origin, inspector });
}

test.skipIf(missing.length > 0)(
  "runs the main job through an intercepting proxy with a private authority",
  async ({ startVSCode }) => {
    await throughProxy(
      startVSCode,
      (inspector) => ({ interceptsAs: inspector.pem }),
      async (vscode, proxy) => {
        await playThrough(vscode);
        expect(await proxy.accessLog()).toMatch(/POST https:\/\/gateway\.test:\d+\/v1\/.*train-a:connect/);
      },
      (proxy, _, inspector) => ({
        "http.proxy": proxy.url,
        "companion.caFile": inspector.pem.certificate,
      }),
    );
  },
);

test.skipIf(missing.length > 0)(
  "finds out that the proxy requires a password, works with one, and keeps it out of the report",
  async ({ startVSCode }) => {
    const user = { name: "ada", password: "correct-horse-battery" };
    await throughProxy(
      startVSCode,
      () => ({ user }),
      async (vscode, proxy) => {
        const { workbench } = vscode;
        await workbench.runCommand("Companion: Diagnose");
        await workbench.quickInput.waitFor({ title: "Diagnosis: Failed: Proxy" });
        await vscode.screenshot("diagnosis");
        await workbench.quickInput.accept();
        const whole = await workbench.dialog.read();
        expect(whole.message).toBe("Proxy: Failed");
        expect(whole.detail).toContain("requires a user name and password");
        await vscode.screenshot("culprit");
        await workbench.dialog.click("Cancel");

        await vscode.server.changeSettings({
          "http.proxy": proxy.url.replace("//", `//${user.name}:${user.password}@`),
        });
        // On some file systems, an open window doesn't notice that settings.json was replaced.
        await workbench.reload();
        await playThrough(vscode);

        const target = await saveReport(vscode);
        expect(target).toContain(vscode.server.home);
        const files = unzipSync(await readFile(target));
        expect(Object.keys(files)).toEqual([
          ...["versions.json", "settings.json", "diagnosis.md"],
          ...["events-extension.jsonl", "events-server.jsonl", "logs/Companion.log"],
        ]);
        const all = Object.values(files).map((bytes) => strFromU8(bytes));
        expect(all.join("\n")).toContain("train-a:connect");
        for (const secret of [user.password, sandboxKeys.main]) expect(all.join("\n")).not.toContain(secret);
      },
      (proxy, origin) => ({ "http.proxy": proxy.url, "companion.caFile": origin.pem.certificate }),
    );
  },
);

test.skipIf(missing.length > 0)(
  "follows another proxy and another authority from one command to the next",
  async ({ startVSCode }) => {
    await throughProxy(
      startVSCode,
      () => ({}),
      async (vscode, before, { inspector, origin }) => {
        const { workbench } = vscode;
        await signIn(vscode, sandboxKeys.main);
        await using other = await Squid.start(programs, {
          trusts: origin.pem.certificate,
          interceptsAs: inspector.pem,
        });
        const server = async () => (await vscode.server.findProcesses(serverProcess)).map(({ pid }) => pid);
        const [first] = await server();
        await vscode.changeSetting("http.proxy", other.url);
        await until("another server", server, ([pid]) => pid !== undefined && pid !== first);
        await workbench.runCommand("Companion: Select Environment…");
        await workbench.notifications.waitFor(/certificate/);
        await vscode.screenshot("not trusted");

        const [second] = await server();
        await vscode.changeSetting("companion.caFile", inspector.pem.certificate);
        await until("a third server", server, ([pid]) => pid !== undefined && pid !== second);
        await select(vscode, trainA.name);
        expect(await other.accessLog()).toMatch(/GET https:\/\/gateway\.test:\d+\/v1\/.*environments/);
        expect(await before.accessLog()).toMatch(/CONNECT gateway\.test:/);
      },
      (proxy, origin) => ({ "http.proxy": proxy.url, "companion.caFile": origin.pem.certificate }),
    );
  },
);

test.skipIf(!programs.openssl)(
  "shows in the status bar that certificates aren't verified if VS Code's setting says so",
  async ({ startVSCode }) => {
    await using gateway = await startGateway();
    await using origin = await Authority.create(programs.openssl);
    await using front = await tlsBefore(gateway.url, await origin.selfSigned("elsewhere.example"));
    const vscode = await startVSCode({
      vsix: [vsix],
      settings: {
        "companion.gatewayUrl": `https://localhost:${front.port}`,
        "http.proxyStrictSSL": false,
      },
    });
    await signIn(vscode, sandboxKeys.main);
    const item = vscode.workbench.statusBarItem("companion.companion.unverified");
    await item.waitFor({ text: "Certificates Not Verified" });
    await vscode.screenshot("not checked");
  },
);
