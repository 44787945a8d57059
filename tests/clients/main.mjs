// @ts-check
/**
 * npm run test:clients: the command line and the server for agents with programs that others wrote: the completion of bash, zsh, and fish, a
 * terminal, Neovim, the inspector of the Model Context Protocol, and 1,000 commands. With `--install` or CI set, installs what it needs.
 */
import { parseArgs } from "node:util";
import { publishServer, serverPath } from "../../extension/scripts/build.mjs";
import { inRoot, installPackages, run } from "../../extension/scripts/common.mjs";
import { provideTools } from "../platforms/platforms.mjs";
import { runVitest, sumUp } from "../runner/suites.mjs";

const { values: options } = parseArgs({
  options: { install: { type: "boolean", default: Boolean(process.env.CI) } },
  allowNegative: true,
});
installPackages();
const missing = await provideTools(
  [
    ["zsh", "zsh"],
    ["fish", "fish"],
    ["tmux", "tmux"],
    ["nvim", "neovim"],
  ],
  options.install,
);
if (missing.length > 0) {
  console.error(
    `missing: ${missing.join(", ")} (Debian: apt-get install ${missing.join(" ")}, or --install)`,
  );
  process.exit(1);
}
run("dotnet", ["build", inRoot("tests", "Companion.SandboxHost"), "--nologo", "-v", "quiet"]);
const flavor = "reason" in publishServer("native") ? "portable" : "native";
if (flavor === "portable") publishServer();
const env = { COMPANION_SERVER_PATH: serverPath(flavor) };
sumUp([(await runVitest("tests/clients", { env, mustRunAll: true })).suite]);
