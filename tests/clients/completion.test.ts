import { expect, it } from "vitest";
import { CliUser } from "../blackbox/support/cli.js";
import { SandboxHost } from "../blackbox/support/sandboxHost.js";
import { install, Terminal } from "./terminal.js";

const shells = [
  ["bash", "bash --norc --noprofile", "source <(companion completion bash)"],
  ["zsh", "zsh -f", "autoload -U compinit && compinit -u && source <(companion completion zsh)"],
  ["fish", "fish --no-config", "companion completion fish | source"],
] as const;

it.each(shells)("%s completes commands and options", async (_, command, setUp) => {
  await using gateway = await SandboxHost.start();
  const user = CliUser.withKey(gateway);
  install(user);
  using terminal = new Terminal(user, command);
  await terminal.run(`${setUp}; echo re''ady`, /^ready/m);
  terminal.type("companion disc");
  terminal.press("Tab");
  await terminal.shows(/companion disconnect\b/);
  terminal.type("train-a --reset");
  terminal.press("Tab");
  await terminal.shows(/companion disconnect train-a --reset-snapshots/);
  expect(await gateway.received()).toEqual([]);
});
