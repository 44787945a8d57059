import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A stand-in for `systemctl` that reports the timer that was written, like systemd's manager. The services have this
 * process's FIREWORKS_API_KEY. Fails if there's a file `broken` beside it.
 */
const script = `#!/bin/sh
if [ -e "$(dirname "$0")/broken" ]; then echo "Failed to connect to bus: No medium found" >&2; exit 1; fi
case "$3" in
  show-environment) echo "FIREWORKS_API_KEY=$FIREWORKS_API_KEY" ;;
  show) sed -n 's/^OnCalendar=/Sun /p' "$HOME/.config/systemd/user/$4" ;;
esac
`;

/**
 * Writes the stand-in.
 * @param folder created if necessary
 * @returns the PATH on which programs find it
 */
export function writeSystemctl(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "systemctl"), script);
  chmodSync(join(folder, "systemctl"), 0o755);
  return `${folder}:${process.env.PATH}`;
}
