#!/usr/bin/env bash
# Without any configuration, JsonRpc writes the exception of every failed request, with its message and stack, to the debugger's output. On
# Windows, that is OutputDebugString, which other processes of the same session can read. Nothing attached a listener: the trace source
# is created at level Warning with .NET's default listener. On Linux, DOTNET_DebugWriteToStdErr shows the same output.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > probe.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="StreamJsonRpc" Version="[2.26.150]" />
    <PackageReference Include="Nerdbank.Streams" Version="[2.14.411]" />
  </ItemGroup>
</Project>
EOF
cat > Program.cs <<'EOF'
using Nerdbank.Streams;
using StreamJsonRpc;

var (clientStream, serverStream) = FullDuplexStream.CreatePair();
using var server = JsonRpc.Attach(serverStream, new Target());
using var client = JsonRpc.Attach(clientStream);
Console.WriteLine($".NET {Environment.Version}, StreamJsonRpc {typeof(JsonRpc).Assembly.GetName().Version}");
Console.WriteLine($"level: {server.TraceSource.Switch.Level}, listeners: {string.Join(", ", server.TraceSource.Listeners.Cast<object>().Select(l => l.GetType().Name))}");
try
{
    await client.InvokeAsync("Open", "the text of an argument");
}
catch (RemoteInvocationException e)
{
    Console.WriteLine($"the client gets: {e.Message}");
}

internal sealed class Target
{
    public void Open(string name) => throw new InvalidOperationException($"can't open {name}");
}
EOF
DOTNET_DebugWriteToStdErr=1 dotnet run --verbosity quiet 2> debugger.txt
echo "the debugger gets:"
grep -m 3 -E "JsonRpc|can't open the text of an argument" debugger.txt
grep -q "can't open the text of an argument" debugger.txt
