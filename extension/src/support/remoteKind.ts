/** The values of `env.remoteName` of VS Code's own remote extensions. */
const known = [
  ...["ssh-remote", "wsl", "dev-container", "attached-container", "k8s-container"],
  ...["codespaces", "tunnel"],
];

/**
 * The kind of remote window that VS Code runs in, for a report. Only a known kind is safe to report: in a VS Code that a
 * server delivers to the browser, `env.remoteName` is the host and port in the address bar.
 */
export function remoteKind(remoteName: string | undefined): string {
  if (!remoteName) return "none";
  return known.find((kind) => kind === remoteName.split("+", 1)[0]) ?? "other";
}
