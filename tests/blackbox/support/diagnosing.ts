import { expect } from "vitest";
import type { DiagnoseParams, Diagnosis, InitializationOptions } from "../../../extension/src/protocol.g.js";
import { Server } from "./server.js";

/** All steps, in order. */
const chain = [
  ...["settings", "nameResolution", "proxy", "tcp", "tls", "http", "key", "account", "suspension"],
  ...["environment", "nodePool", "capacity", "versions"],
];

/** Runs a diagnosis, and checks that it has all steps and none runs after the failed one. */
export async function diagnose(
  options: InitializationOptions,
  { params = {}, env = {} }: { params?: DiagnoseParams; env?: NodeJS.ProcessEnv } = {},
) {
  await using server = await Server.open(options, env);
  const diagnosis = await server.request("diagnose", params);
  expect(diagnosis.steps.map(({ id }) => id)).toEqual(chain);
  expect(diagnosis.steps.at(-1)?.verdict, "the versions are always reported").toBe("ok");
  const failed = diagnosis.steps.findIndex(({ verdict }) => verdict === "failed");
  if (failed >= 0) {
    const behind = diagnosis.steps.slice(failed + 1, -1);
    expect(behind.filter(({ verdict }) => verdict !== "skipped")).toEqual([]);
  }
  return diagnosis;
}

/** The failed step. */
export function culprit({ steps }: Diagnosis) {
  const failed = steps.filter(({ verdict }) => verdict === "failed");
  expect(failed).toHaveLength(1);
  return failed[0];
}
