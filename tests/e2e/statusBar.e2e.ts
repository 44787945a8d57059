import { expect } from "vitest";
import { SandboxHost } from "../blackbox/support/sandboxHost.js";
import {
  inProgress,
  select,
  serverProcess,
  startGateway,
  startSignedIn,
  statusOf,
  trainA,
  vsix,
} from "./companion.ts";
import {
  type StatusBarItemView,
  type TextMatch,
  type ThemeName,
  test,
  themes,
  until,
  type VSCode,
} from "./harness/index.ts";

const { id, name } = trainA;
const failure = { code: "INTERNAL", message: "snapshot failed: the disk is full" };
const connection = { nodePoolId: "h100-8x", numRanks: 8, zone: "us-east-1a" };

/** An environment as the gateway reports it. */
function described(more: object): object {
  return {
    name: `accounts/acme-research/clusters/sandbox/environments/${id}`,
    displayName: name,
    updateTime: new Date().toISOString(), // an older one would count as an outdated replica
    connection,
    ...more,
  };
}

/** Makes the gateway return this response for all reads from now on. */
async function says(gateway: SandboxHost, answer: { status: number; body?: object }): Promise<void> {
  await gateway.clear();
  const { status, body } = answer;
  const fault = { status, ...(body && { body: JSON.stringify(body) }) };
  await gateway.script({ route: "GetEnvironment", resourceId: id, times: null, fault });
}

interface Expected {
  readonly text: TextMatch;
  readonly ariaLabel: TextMatch;
  readonly icon: string;
  readonly kind?: StatusBarItemView["kind"];
}

/** Waits for the item's content, and takes a screenshot in each theme. */
async function look(vscode: VSCode, picture: string, expected: Expected): Promise<void> {
  const status = statusOf(vscode.workbench);
  for (const theme of Object.keys(themes) as ThemeName[]) {
    await vscode.useTheme(theme);
    const { icons, kind } = await status.waitFor({ text: expected.text, ariaLabel: expected.ariaLabel });
    expect({ icons, kind }).toEqual({ icons: [expected.icon], kind: expected.kind ?? "standard" });
    await vscode.pictureOfStatusBar(`${picture} ${theme}`);
  }
}

const states = [
  ["STATE_UNSPECIFIED", "State Unknown", "question"],
  ["CREATING", "Creating…", "gear~spin"],
  ["DISCONNECTED", "Disconnected", "vm-outline"],
  ["CONNECTING", "Connecting…", "loading~spin"],
  ["CONNECTED", "Connected", "vm-active"],
  ["DISCONNECTING", "Disconnecting…", "loading~spin"],
  ["RECONNECTING", "Reconnecting…", "loading~spin"],
  ["DELETING", "Deleting…", "trash"],
  ["HIBERNATING", "HIBERNATING", "question"],
] as const;

test("the status bar shows each state of the gateway in each theme", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  await select(vscode, name);
  for (const [state, word, icon] of states) {
    await says(gateway, { status: 200, body: described({ state }) });
    await workbench.runCommand("Companion: Refresh");
    // The time is there if the server saw the state begin.
    const text = new RegExp(`^${name}: ${word}( \\d+ s)?$`);
    const ariaLabel = new RegExp(`^Companion: environment ${name}: ${word.replace("…", "")}(…?$| since )`);
    await look(vscode, state, { text, ariaLabel, icon });
  }
  for (const [state, word, kind] of [
    ["CONNECTED", "Still Connected", "warning"],
    ["DISCONNECTED", "Disconnected", "standard"],
  ] as const) {
    await says(gateway, { status: 200, body: described({ state, status: failure }) });
    await workbench.runCommand("Companion: Refresh");
    const ariaLabel = new RegExp(`^Companion: environment ${name}: ${word}, after a failure$`, "i");
    const text = `${name}: ${word}`;
    await look(vscode, `${state} after a failure`, { text, ariaLabel, icon: "warning", kind });
  }
  await says(gateway, { status: 404, body: { code: 5, message: "no such environment" } });
  await workbench.runCommand("Companion: Refresh");
  await look(vscode, "gone", {
    text: `${name}: Not Found`,
    ariaLabel: `Companion: environment ${name}: not found`,
    icon: "question",
  });
});

test("the status bar shows problems before the gateway in each theme", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({ vsix: [vsix], settings: { "companion.gatewayUrl": gateway.url } });
  const { workbench, server } = vscode;
  await look(vscode, "no environment", {
    text: "Companion: No Environment",
    ariaLabel: "Companion: no environment is selected",
    icon: "vm",
  });
  await workbench.runCommand("Companion: Select Environment…");
  await workbench.quickInput.waitFor({ placeholder: "You're not signed in" });
  await workbench.quickInput.cancel();
  await look(vscode, "signed out", {
    text: "Companion: Signed Out",
    ariaLabel: "Companion: signed out",
    icon: "account",
  });

  // After the fourth kill it restarts after 15 s. After the fifth it stays down.
  for (let kill = 1; kill <= 4; kill++) {
    const [old] = await until(
      "a server that runs",
      () => server.findProcesses(serverProcess),
      (found) => found.length === 1,
    );
    await statusOf(workbench).waitFor({ text: "Companion: Signed Out" });
    await server.killProcesses(serverProcess);
    if (kill < 4) {
      await until(
        "another server",
        () => server.findProcesses(serverProcess),
        (found) => found.some(({ pid }) => pid !== old?.pid),
      );
    }
  }
  await look(vscode, "server restarting", {
    text: "Companion: Server Restarting…",
    ariaLabel: "Companion: the server is restarting",
    icon: "sync~spin",
  });
  await statusOf(workbench).waitFor({ text: "Companion: Signed Out" });
  await server.killProcesses(serverProcess);
  await look(vscode, "server stopped", {
    text: "Companion: Server Stopped",
    ariaLabel: "Companion: the server has stopped and must be restarted",
    icon: "error",
    kind: "error",
  });
});

test("after a reload the status bar shows the outdated state, then the confirmed one, and offline on its own", async ({
  startVSCode,
}) => {
  const slow = ["--connect-ms", "3000", "--disconnect-ms", "3000"];
  const first = await SandboxHost.start(slow);
  const vscode = await startSignedIn(startVSCode, first);
  const { workbench } = vscode;
  const status = statusOf(workbench);
  await select(vscode, "Evaluation");
  expect(await status.tooltip()).toMatch(
    /State: Connected[\s\S]*Node pool: h100-8x[\s\S]*Ranks: 2[\s\S]*Zone: us-east-1a[\s\S]*Last confirmed: /,
  );
  await workbench.waitUntilStored("companion.companion", "eval-c");

  await first.changeElsewhere("eval-c", "disconnect", {});
  await first.script({ route: "VerifyApiKey", fault: { delayMs: 25_000 } });
  await workbench.reload();
  await look(vscode, "old", {
    text: /^Evaluation: Connected\? \(.*\)$/,
    ariaLabel: /^Companion: environment Evaluation: last known state Connected, .*, not confirmed since$/,
    icon: "history",
  });
  await status.waitFor({ text: "Evaluation: Disconnected" });
  await workbench.waitUntilStored("companion.companion", "DISCONNECTED");

  await first[Symbol.asyncDispose]();
  await workbench.reload();
  await look(vscode, "offline", {
    text: /^Evaluation: Offline, Disconnected\? \(.*\)$/,
    ariaLabel:
      /^Companion: environment Evaluation: offline, last known state Disconnected, .*, not confirmed since$/,
    icon: "circle-slash",
  });
  expect(await status.tooltip()).toMatch(/Last known state: Disconnected[\s\S]*Not confirmed: /);
  expect(await workbench.notifications.read(), "nobody asked").toEqual([]);

  // When the network is back, it recovers on its own.
  await using again = await SandboxHost.start([...slow, "--port", new URL(first.url).port]);
  await status.waitFor({ text: "Evaluation: Connected" }, 60_000);
  await vscode.screenshot("online again");
  expect(await again.posts()).toEqual([]);
});

test("a single failure changes nothing in the status bar", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  await select(vscode, name);
  // A state in which the gateway is asked every few seconds.
  await says(gateway, { status: 200, body: described({ state: "CONNECTING" }) });
  await workbench.runCommand("Companion: Refresh");
  await statusOf(workbench).waitFor({ text: inProgress(name, "Connecting…") });
  const changes = await changesOf(vscode);

  await gateway.clear();
  await gateway.script({ route: "GetEnvironment", resourceId: id, times: 1, fault: { status: 503 } });
  await gateway.script({
    route: "GetEnvironment",
    resourceId: id,
    times: null,
    fault: { status: 200, body: JSON.stringify(described({ state: "CONNECTING" })) },
  });
  await until(
    "the fault and two looks after it",
    () => gateway.received(),
    (all) => all.filter(({ route }) => route === "GetEnvironment").length >= 3,
    60_000,
  );
  const onlyTime = new RegExp(
    `^ *${name}: Connecting…( \\d+ s)? \\| .*: Connecting(…| since [^|]*) \\| .*codicon-loading`,
  );
  expect((await changes()).filter((change) => !onlyTime.test(change))).toEqual([]);
  await vscode.screenshot("still the same");
});

test("the status bar item works with the keyboard, and can be hidden", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { page, quickInput } = workbench;
  const status = statusOf(workbench);
  await select(vscode, name);
  await workbench.runCommand("View: Focus Status Bar");
  const focused = () => page.evaluate(() => document.activeElement?.closest(".statusbar-item")?.id ?? "");
  for (let step = 0; step < 10 && !/companion/.test(await focused()); step++)
    await page.keyboard.press("ArrowRight");
  expect(await focused()).toBe("companion.companion.environment");
  await vscode.pictureOfStatusBar("with the focus");
  await page.keyboard.press("Enter");
  await quickInput.waitFor({ placeholder: "Choose an action" });
  await quickInput.cancel();

  await page.locator('.statusbar-item[id="companion.companion.environment"]').click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide 'Companion'" }).waitFor();
  await page.keyboard.press("ArrowUp"); // up to the last one
  await page.keyboard.press("Enter");
  await until(
    "the item to hide",
    () => status.read(),
    (view) => view === undefined,
  );
  await vscode.pictureOfStatusBar("hidden");
});

/** Records the item's content from now on. @returns each distinct content that was drawn */
async function changesOf({ workbench }: VSCode): Promise<() => Promise<string[]>> {
  const item = workbench.page.locator('.statusbar-item[id="companion.companion.environment"]');
  const handle = await item.evaluateHandle((element) => {
    const drawn = () => {
      const kinds = [...element.classList].filter((one) => one.endsWith("-kind"));
      const icons = [...element.querySelectorAll(".codicon")].map(({ className }) => className);
      const label = element.querySelector("[aria-label]")?.getAttribute("aria-label");
      return [element.textContent, label, ...icons, ...kinds].join(" | ");
    };
    const all = [drawn()];
    const options = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(() => {
      if (drawn() !== all.at(-1)) all.push(drawn());
    }).observe(element, options);
    return all;
  });
  return async () => (await handle.jsonValue()).slice(1);
}
