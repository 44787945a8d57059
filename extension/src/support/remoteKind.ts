/** The values of `env.remoteName` in VS Code's own remote extensions. */
const known = [
  ...["ssh-remote", "wsl", "dev-container", "attached-container", "k8s-container"],
  ...["codespaces", "tunnel"],
];

/**
 * Returns the kind of remote window for a report. Other values aren't safe to report: in VS Code for the web,
 * `env.remoteName` can be the host and port in the address bar.
 */
export function remoteKind(remoteName: string | undefined): string {
  if (!remoteName) return "none";
  return known.find((kind) => kind === remoteName.split("+", 1)[0]) ?? "other";
}
