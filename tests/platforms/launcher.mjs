// @ts-check
import { chmodSync, writeFileSync } from "node:fs";

/**
 * Writes a program that the tests can start as if it were the server.
 * @param {string} path
 * @param {readonly string[]} command
 */
export function writeLauncher(path, command) {
  const quoted = command.map((part) => `'${part.replaceAll("'", `'\\''`)}'`);
  writeFileSync(path, `#!/bin/sh\nexec ${quoted.join(" ")} "$@"\n`);
  chmodSync(path, 0o755);
  return path;
}
