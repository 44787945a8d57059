/** Measures the view while what it shows changes. */
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { openProfile, startBrowser } from "../e2e/harness/browser.ts";
import { CodeServer } from "../e2e/harness/codeServer.ts";
import type { CodeServerInstall } from "../e2e/harness/launch.ts";
import type { Machine } from "../e2e/harness/machine.ts";
import { until } from "../e2e/harness/until.ts";
import { Workbench } from "../e2e/harness/workbench.ts";
import { cpuSeconds } from "./processes.mjs";
import { quantile } from "./statistics.mjs";

/** How long to look at the view, in milliseconds. */
const watchTime = 20_000;

export interface ViewFigures {
  /** The 95th percentile of the time between two frames in milliseconds. */
  readonly frame: number;
  /** How much CPU the extension host uses, in percent of a core. */
  readonly cpu: number;
}

/**
 * Measures the view of environments that change, and of others that don't, in turns.
 * @returns the rounds of each, by the account's ID
 */
export async function measureViews(
  machine: Machine,
  gateway: { readonly vsix: string; readonly gatewayUrl: string },
  accountIds: readonly string[],
  rounds: number,
): Promise<Map<string, ViewFigures[]>> {
  const browser = await startBrowser(machine.chromium);
  try {
    const measured = new Map(accountIds.map((accountId) => [accountId, [] as ViewFigures[]]));
    for (let round = 0; round < rounds; round++)
      for (const [accountId, figures] of measured)
        figures.push(await measureView(machine.codeServer, browser, { ...gateway, accountId }));
    return measured;
  } finally {
    await browser.close();
  }
}

/** Shows the view of a gateway's environments, and measures it when all are loaded. */
async function measureView(
  install: CodeServerInstall,
  browser: Browser,
  {
    vsix,
    gatewayUrl,
    accountId,
  }: { readonly vsix: string; readonly gatewayUrl: string; readonly accountId: string },
): Promise<ViewFigures> {
  await using server = await CodeServer.start(install, {
    vsix: [vsix],
    settings: { "companion.gatewayUrl": gatewayUrl },
    environment: { FIREWORKS_API_KEY: `fw_bench_${accountId}`, FIREWORKS_ACCOUNT_ID: accountId },
  });
  const context = await openProfile(browser);
  try {
    const page = await context.newPage();
    const workbench = new Workbench(page, server.url);
    await workbench.open(server.workspace);
    await workbench.runCommand("View: Show Companion");
    const rows = page.locator(".part.sidebar .monaco-list-row", { hasText: "Environment e" });
    await until(
      "environments in the view",
      () => rows.count(),
      (count) => count > 10,
      60_000,
    );
    await delay(watchTime / 4); // loads the other pages
    const [host] = await server.findProcesses("--type=extensionHost");
    if (!host) throw new Error("There's no extension host.");
    const before = cpuSeconds(host.pid);
    const frames = await framesOf(page, watchTime);
    return {
      frame: quantile(frames, 0.95),
      cpu: ((cpuSeconds(host.pid) - before) / (watchTime / 1000)) * 100,
    };
  } finally {
    await context.close();
  }
}

/** Returns the times between the frames of a page in milliseconds. */
function framesOf(page: Page, duration: number): Promise<number[]> {
  return page.evaluate(
    (duration) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = [];
        const began = performance.now();
        let last = began;
        const next = (now: number) => {
          times.push(now - last);
          last = now;
          if (now - began < duration) requestAnimationFrame(next);
          else resolve(times.slice(1));
        };
        requestAnimationFrame(next);
      }),
    duration,
  );
}
