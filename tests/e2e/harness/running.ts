import type { Browser, BrowserContext } from "playwright-core";
import { openProfile, startBrowser } from "./browser.ts";
import { CodeServer, type CodeServerOptions } from "./codeServer.ts";
import type { Machine } from "./machine.ts";
import type { ProcessInfo } from "./processes.ts";

/** A VS Code server, and the browser for its windows. */
export interface Running {
  readonly server: CodeServer;
  readonly context: BrowserContext;
  /** The extensions that it was started with, if other tests can use it. */
  readonly reusableFor: string | undefined;
}

/**
 * What the next test can use. A start takes most of the time of a small test, and a browser that has already loaded VS
 * Code needs less time for its next window. What a test can see of it is removed: stored data, settings, and files.
 */
let unused: Running | undefined;

/** Takes the server and the browser of an earlier test, or starts them. */
export async function take(machine: Machine, options: CodeServerOptions = {}): Promise<Running> {
  const reusableFor = extensionsOfPlain(options);
  if (unused?.server.isRunning && reusableFor !== undefined && unused.reusableFor === reusableFor) {
    const running = unused;
    unused = undefined;
    try {
      await running.server.refill(options);
      await clearStorage(running);
    } catch (error) {
      await stop(running);
      throw error;
    }
    return running;
  }
  const server = await CodeServer.start(machine.codeServer, options);
  let browser: Browser | undefined;
  try {
    browser = await startBrowser(machine.chromium);
    return { server, context: await openProfile(browser), reusableFor };
  } catch (error) {
    await browser?.close();
    await server.stop();
    throw error;
  }
}

/**
 * Closes the windows, and keeps the rest for the next test if possible.
 * @returns processes of extensions that have outlived the windows; should be empty
 */
export async function release(running: Running): Promise<readonly ProcessInfo[]> {
  if (running.reusableFor === undefined) return stop(running);
  for (const page of running.context.pages()) await page.close();
  const survivors = await running.server.endWindows();
  if (survivors.length > 0) {
    await stop(running);
  } else {
    const before = unused;
    unused = running;
    if (before) await stop(before);
  }
  return survivors;
}

/**
 * Ends both.
 * @returns processes of extensions that have outlived the server; should be empty
 */
export async function stop({ server, context }: Running): Promise<readonly ProcessInfo[]> {
  await context.browser()?.close();
  return server.stop();
}

/** The extensions of a server without any other options for its start. Undefined for other servers. */
function extensionsOfPlain(options: CodeServerOptions): string | undefined {
  const { vsix = [], environment, workspaceTrust, trace, displayLanguage } = options;
  const isPlain = [environment, workspaceTrust, trace, displayLanguage].every((one) => one === undefined);
  return isPlain ? vsix.join("\n") : undefined;
}

/** Removes what VS Code stores in the browser, and keeps its scripts. */
async function clearStorage({ server, context }: Running): Promise<void> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const storageTypes = "cookies,local_storage,indexeddb,service_workers,cache_storage,file_systems";
  await session.send("Storage.clearDataForOrigin", { origin: server.url, storageTypes });
  await page.close();
}
