import { expect } from "vitest";
import { SandboxHost, sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { disconnectElsewhere, signIn, startGateway, startSignedIn, statusOf, trainA } from "./companion.ts";
import { test, until } from "./harness/index.ts";

const { name } = trainA;
const trainer = "arn:aws:iam::123456789012:role/trainer";

test("role and local storage are behind More…, each step leads back, and everything is remembered", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { quickInput, page, dialog } = workbench;
  const status = statusOf(workbench);
  const press = (key: string) => page.keyboard.press(key);

  await workbench.runCommand("Companion: Connect");
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await quickInput.waitForActive({ label: name });
  await vscode.screenshot("environments");
  await quickInput.choose("leaving-f");
  await quickInput.waitFor({ placeholder: "leaving-f can't be connected now. State: Deleting…" });
  await quickInput.waitForActive({ label: "leaving-f" });
  await quickInput.choose(name);
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  await quickInput.waitForActive({ label: "h100-8x" });
  await vscode.screenshot("node pools");

  // Back with its key and its button.
  await press("Control+Alt+Minus");
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await quickInput.waitForActive({ label: name });
  await press("Enter");
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  await quickInput.waitForActive({ label: "h100-8x" });
  await press("Enter");
  await quickInput.waitFor({ title: `Connect ${name} to h100-8x (3/3)` });
  await quickInput.back();
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  await quickInput.waitForActive({ label: "h100-8x" });
  await press("Enter");

  await quickInput.waitFor({ title: `Connect ${name} to h100-8x (3/3)` });
  await quickInput.waitForActive({ label: "1 GPU" });
  await vscode.screenshot("ranks");
  await press("ArrowUp");
  await quickInput.waitForActive({ label: "More…" });
  await press("ArrowDown");
  await quickInput.waitForActive({ label: "1 GPU" });
  await page.keyboard.type("More");
  await quickInput.waitForActive({ label: "More…" });
  await vscode.screenshot("ranks typed");
  await press("Enter");
  await quickInput.waitForActive({ label: "Role", description: "node pool default" });
  await vscode.screenshot("more");
  await press("Enter");
  await quickInput.waitFor({ placeholder: "Choose a role, or enter a role's ARN" });
  expect((await quickInput.items()).map(({ label, detail }) => detail ?? label)).toEqual([
    "Doesn't request a role.",
    trainer,
    "arn:aws:iam::123456789012:role/research/data-reader",
    "arn:aws:iam::123456789012:role/evaluator",
  ]);
  await vscode.screenshot("roles");
  await page.keyboard.type("arn:aws:sts::210987654321:assumed-role/deployer/ada");
  await quickInput.waitForActive({
    detail: /role session.*arn:aws:iam::210987654321:role\/deployer$/,
  });
  await vscode.screenshot("role typed wrong");
  await press("Enter");
  await quickInput.waitForActive({ detail: /role session/ });
  await quickInput.type("trainer");
  await quickInput.waitForActive({ label: "trainer", detail: trainer });
  await press("Enter");
  await quickInput.waitForActive({ label: "Done" });
  await press("ArrowUp");
  await quickInput.waitForActive({ label: "Local storage", description: "off" });
  await press("Enter");
  await quickInput.waitForActive({ label: "Local storage", description: "on" });
  await vscode.screenshot("more chosen");
  await press("Control+Alt+Minus");
  await quickInput.waitFor({ placeholder: /number of GPUs/ });
  const more = (await quickInput.items()).find(({ label }) => label === "More…");
  expect(more?.description).toBe("role trainer, local storage");
  await quickInput.waitForActive({ label: "1 GPU" });
  await press("Enter");
  await workbench.notifications.waitFor(
    new RegExp(`^${name} → h100-8x, 1 rank, role trainer, local storage`),
  );
  await status.waitFor({ text: `${name}: Connected` });
  const connection = { nodePoolId: "h100-8x", numRanks: 1, role: trainer, useLocalStorage: true };
  expect((await gateway.posts()).map(({ body }) => body)).toEqual([expect.objectContaining({ connection })]);

  // The same again until the role is gone. If roles can't be listed, it doesn't count as gone.
  await disconnectElsewhere(vscode, gateway);
  await gateway.script({
    route: "ListAwsIamRoleBindings",
    fault: { status: 200, body: '{"awsIamRoleBindings":[]}' },
  });
  await workbench.runCommand("Companion: Connect");
  expect(await dialog.read()).toMatchObject({
    message: `${name} → h100-8x, 1 rank, role trainer, local storage`,
    detail: `The account no longer lists the role ${trainer}.`,
  });
  await vscode.screenshot("role gone");
  await dialog.click("Cancel");
  await gateway.script({
    route: "ListAwsIamRoleBindings",
    fault: { status: 403, body: '{"code":7,"message":"not for you"}' },
  });
  await workbench.runCommand("Companion: Connect");
  await status.waitFor({ text: `${name}: Connected` });
  expect((await gateway.posts()).at(-1)?.body).toMatchObject({ connection });
});

test("with thousands of environments, shows the first page at once, and keeps the active item while the rest arrives", async ({
  startVSCode,
}) => {
  await using gateway = await SandboxHost.start(["--environments", "4000"]);
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { quickInput, page } = workbench;
  /** Returns the next list's first page at once, and the second one only after the test has seen the first. */
  const holdSecondPage = async () => {
    await gateway.clear();
    await gateway.script({ route: "ListEnvironments", skip: 1, fault: { delayMs: 10_000 } });
    await gateway.script({ route: "ListEnvironments", skip: 2, times: null, fault: { delayMs: 400 } });
  };

  await holdSecondPage();
  await workbench.runCommand("Companion: Select Environment…");
  await quickInput.waitFor({ placeholder: /\(200 loaded so far\)/ });
  expect((await quickInput.waitForActive({ label: "Evaluation" })).separator).toBe("Connected");
  for (let down = 0; down < 2; down++) await page.keyboard.press("ArrowDown");
  expect((await quickInput.waitForActive({ label: name })).separator).toBe("Mine");
  for (let down = 0; down < 2; down++) await page.keyboard.press("ArrowDown");
  await quickInput.waitForActive({ label: "Data preparation" });
  await vscode.screenshot("the first page");
  await quickInput.waitFor({ placeholder: /\((1[6-9]|[2-9]\d)\d\d loaded so far\)/ });
  await quickInput.waitForActive({ label: "Data preparation" });
  await quickInput.waitFor({ placeholder: "Choose an environment" });
  expect((await quickInput.waitForActive({ label: "Data preparation" })).active).toBe(true);
  await vscode.screenshot("all of them");

  const typing = performance.now();
  await quickInput.type("sweep-03999");
  await quickInput.waitForActive({ description: /^sweep-03999/ });
  console.log(`found among 4,000 in ${(performance.now() - typing).toFixed()} ms`);
  await vscode.screenshot("found by typing");
  await page.keyboard.press("Enter");
  await statusOf(workbench).waitFor({ text: "Sweep 40, run 99: Disconnected" });

  // It's on the last page, but is shown first.
  await holdSecondPage();
  await workbench.runCommand("Companion: Select Environment…");
  await quickInput.waitFor({ placeholder: /\(201 loaded so far\)/ });
  await quickInput.waitForActive({ description: /^sweep-03999/ });
  await vscode.screenshot("the last one first");
  await quickInput.cancel();
  expect(await gateway.posts()).toEqual([]);
});

test("fills in the usage of the node pools that are seen, and says where to go if there's nothing to choose from", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startSignedIn(startVSCode, gateway);
  const { workbench } = vscode;
  const { quickInput, page } = workbench;
  const west = async () => (await quickInput.items()).find(({ label }) => label === "a100-west")?.detail;

  await gateway.script({ route: "GetNodePoolStats", fault: { delayMs: 3_000 } });
  await workbench.runCommand("Companion: Connect");
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await quickInput.choose(name);
  await quickInput.waitFor({ title: `Connect ${name} (2/3)` });
  const before = await until(
    "the node pools",
    () => quickInput.items(),
    (items) => items.length > 0,
  );
  expect(await west()).toBe("free capacity not checked yet · 1 GPU per rank, 8 per node");
  await vscode.screenshot("before the usage");
  await until("the usage", west, (detail) => detail?.startsWith("8 GPUs free (up to 16") === true);
  expect((await quickInput.items()).map(({ label }) => label)).toEqual(before.map(({ label }) => label));
  await vscode.screenshot("with the usage");
  const asked = (await gateway.received()).filter(({ route }) => route === "GetNodePoolStats");
  expect(asked).toHaveLength(1);
  await quickInput.cancel();

  const empty = { status: 200, body: "{}" };
  await gateway.script({ route: "ListNodePools", fault: empty });
  await workbench.runCommand("Companion: Connect");
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await quickInput.choose(name);
  await quickInput.waitForActive({ label: "Switch Account…" });
  expect((await quickInput.items())[0]).toMatchObject({
    label: "The account acme-research has no node pools.",
    detail: expect.stringContaining("owner"),
  });
  await vscode.screenshot("no node pools");
  await quickInput.back();
  await quickInput.waitFor({ title: "Connect (1/3)" });
  await quickInput.cancel();

  await gateway.script({
    route: "ListEnvironments",
    fault: { status: 403, body: '{"code":7,"message":"no"}' },
  });
  await workbench.runCommand("Companion: Select Environment…");
  await quickInput.waitForActive({ label: "Switch Account…" });
  expect((await quickInput.items())[0]?.label).toMatch(/^This API key can't access this account/);
  await vscode.screenshot("not permitted");
  await page.keyboard.press("Enter");
  await quickInput.waitFor({ title: "Switch Account" });
  await quickInput.cancel();

  await signIn(vscode, sandboxKeys.suspended, "initech-labs");
  await workbench.runCommand("Companion: Select Environment…");
  await quickInput.waitForActive({ label: "Open Billing Page" });
  expect((await quickInput.items())[0]).toMatchObject({
    label: expect.stringMatching(/^The account is suspended /),
    detail: "Check the Fireworks billing page.",
  });
  await vscode.screenshot("suspended");
  await quickInput.cancel();
});
