/** Prefixes of the variables that configure a .NET runtime: which code it loads, who may attach, how it manages memory. */
const runtimePrefix = /^(?:DOTNET_|COMPlus_|CORECLR_|COREHOST_)/i;

/** Those that the server may need to start and to reach the gateway on this machine. */
const needed = [
  /^DOTNET_ROOT(?:_[A-Z0-9]+|\(x86\))?$/i,
  /^DOTNET_SYSTEM_GLOBALIZATION_(?:INVARIANT|PREDEFINED_CULTURES_ONLY)$/i,
  /^DOTNET_SYSTEM_NET_DISABLEIPV6$/i,
  // Only turns debuggers and profilers off.
  /^DOTNET_EnableDiagnostics(?:_(?:IPC|Debugger|Profiler))?$/i,
];

/**
 * The environment of the server process: a variable meant for the person's own .NET programs, such as a startup hook or a
 * profiler, must not load code into the process that holds the API key.
 */
export function serverEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const isPassed = (name: string) => !runtimePrefix.test(name) || needed.some((one) => one.test(name));
  return Object.fromEntries(Object.entries(env).filter(([name]) => isPassed(name)));
}
