// @ts-check
/** Tests the packages on a thread of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { testPackages } from "./packages.mjs";

parentPort?.postMessage(await testPackages(workerData));
