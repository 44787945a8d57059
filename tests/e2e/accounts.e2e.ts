import { expect } from "vitest";
import { sandboxKeys } from "../blackbox/support/sandboxHost.js";
import { startGateway, statusOf, trainA, vsix } from "./companion.ts";
import { test, until, type VSCode } from "./harness/index.ts";

const vision = "globex-vision";
const research = "acme-research";

/** Returns the items of the open picker, when it has some. */
const listed = ({ workbench: { quickInput } }: VSCode) =>
  until(
    "the accounts",
    () => quickInput.items(),
    (items) => items.length > 1,
  );

test("a key with several accounts: asks for one at sign-in, and can switch later", async ({
  startVSCode,
}) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({ vsix: [vsix], settings: { "companion.gatewayUrl": gateway.url } });
  const { workbench } = vscode;
  const { quickInput, notifications } = workbench;
  const status = statusOf(workbench);

  await workbench.runCommand("Companion: Sign In…");
  await quickInput.waitFor({ title: "Sign In to Fireworks" });
  await quickInput.type(sandboxKeys.both);
  await quickInput.accept();
  await quickInput.waitFor({ placeholder: "The API key has access to several accounts. Choose one" });
  const offered = await listed(vscode);
  expect(offered.map(({ label, description }) => description ?? label)).toEqual([research, vision]);
  await vscode.screenshot("which account");
  await quickInput.choose(offered[1]?.label ?? "");
  await notifications.waitFor(/^Signed in to account globex-vision/);

  await workbench.runCommand("Companion: Switch Account…");
  await quickInput.waitFor({ title: "Switch Account" });
  const [inUse, other] = await listed(vscode);
  expect(inUse?.description).toMatch(/in use$/);
  await vscode.screenshot("switch account");
  await quickInput.choose(other?.label ?? "");
  await notifications.waitFor(`This workspace now uses account ${research}.`);
  await workbench.runCommand("Companion: Select Environment…");
  await quickInput.choose(trainA.name);
  await status.waitFor({ text: `${trainA.name}: Disconnected` });

  // The account and the key are remembered.
  await workbench.waitUntilStored("companion.companion", trainA.id);
  await workbench.reload();
  await workbench.runCommand("Companion: Refresh");
  await status.waitFor({ text: `${trainA.name}: Disconnected` });
  expect(await status.tooltip()).toContain(research);

  // The environment of the other account is no longer shown.
  await workbench.runCommand("Companion: Switch Account…");
  await quickInput.waitFor({ title: "Switch Account" });
  await quickInput.choose((await listed(vscode))[1]?.label ?? "");
  await notifications.waitFor(`This workspace now uses account ${vision}.`);
  await status.waitFor({ text: "Companion: No Environment" });
});

test("a found key with several accounts: asks for the account once", async ({ startVSCode }) => {
  await using gateway = await startGateway();
  const vscode = await startVSCode({
    vsix: [vsix],
    settings: { "companion.gatewayUrl": gateway.url },
    environment: { FIREWORKS_API_KEY: sandboxKeys.both },
  });
  const { workbench } = vscode;
  const { quickInput } = workbench;

  await workbench.runCommand("Companion: Select Environment…");
  await quickInput.waitFor({ title: "Switch Account" });
  await quickInput.choose((await listed(vscode))[0]?.label ?? "");
  await quickInput.waitFor({ title: "Select Environment" });
  await quickInput.choose(trainA.name);
  await statusOf(workbench).waitFor({ text: `${trainA.name}: Disconnected` });
  await workbench.waitUntilStored("companion.companion", trainA.id);
  await workbench.reload();
  await workbench.runCommand("Companion: Refresh");
  await statusOf(workbench).waitFor({ text: `${trainA.name}: Disconnected` });
});
