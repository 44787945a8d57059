import { expect, it } from "vitest";
import { serverEnvironment } from "./environment.js";

it.each([
  "PATH",
  "HOME",
  "HTTPS_PROXY",
  "FIREWORKS_API_KEY",
  "COMPANION_SERVER_PATH",
  "DOTNET", // not a runtime prefix
  "MY_DOTNET_STARTUP_HOOKS",
  "DOTNET_ROOT",
  "DOTNET_ROOT_X64",
  "DOTNET_ROOT(x86)",
  "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
  "DOTNET_SYSTEM_NET_DISABLEIPV6",
  "DOTNET_EnableDiagnostics",
])("passes %s to the server", (name) => {
  expect(serverEnvironment({ [name]: "1" })).toEqual({ [name]: "1" });
});

it.each([
  "DOTNET_STARTUP_HOOKS",
  "dotnet_startup_hooks", // Windows ignores case
  "DOTNET_DiagnosticPorts",
  "DOTNET_gcServer",
  "DOTNET_GCHeapHardLimit",
  "DOTNET_ADDITIONAL_DEPS",
  "DOTNET_SHARED_STORE",
  "DOTNET_ROOT_EVIL/../x",
  "DOTNET_ROOTS",
  "DOTNET_DbgEnableMiniDump",
  "DOTNET_EnableEventPipe",
  "COMPlus_EnableDiagnostics",
  "COMPlus_gcServer",
  "CORECLR_ENABLE_PROFILING",
  "CORECLR_PROFILER_PATH",
  "COREHOST_TRACE",
])("doesn't pass %s to the server", (name) => {
  expect(serverEnvironment({ [name]: "1", PATH: "/bin" })).toEqual({ PATH: "/bin" });
});
