/**
 * Prefixes of variables that configure a .NET runtime: which code it loads, who can attach to it, and how it manages
 * memory.
 */
const runtimePrefix = /^(?:DOTNET_|COMPlus_|CORECLR_|COREHOST_)/i;

/** Variables that the server might need to start and to reach the gateway. */
const needed = [
  /^DOTNET_ROOT(?:_[A-Z0-9]+|\(x86\))?$/i,
  /^DOTNET_SYSTEM_GLOBALIZATION_(?:INVARIANT|PREDEFINED_CULTURES_ONLY)$/i,
  /^DOTNET_SYSTEM_NET_DISABLEIPV6$/i,
  // Can only turn off debuggers and profilers.
  /^DOTNET_EnableDiagnostics(?:_(?:IPC|Debugger|Profiler))?$/i,
];

/**
 * Returns the environment of the server process. Variables for the user's own .NET programs, such as startup hooks or
 * profilers, must not load code into the process that has the API key.
 */
export function serverEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const isPassed = (name: string) => !runtimePrefix.test(name) || needed.some((one) => one.test(name));
  return Object.fromEntries(Object.entries(env).filter(([name]) => isPassed(name)));
}
