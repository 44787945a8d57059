#!/usr/bin/env bash
# StreamJsonRpc 2.26.150: if a server responds with an error of LSP's RequestCancelled (-32800), the caller gets a TaskCanceledException
# without the error's data, even if it never canceled the call. A server that says in the data what a canceled change has done can't tell it.
# An error with another code arrives as a RemoteInvocationException with its data. Invalid params (-32602) arrives as a RemoteMethodNotFoundException, although
# the method exists.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > probe.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="StreamJsonRpc" Version="2.26.150" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs <<'PROGRAM'
using Nerdbank.Streams;
using StreamJsonRpc;

var (here, there) = FullDuplexStream.CreatePair();
using var server = new JsonRpc(new HeaderDelimitedMessageHandler(there, there, new SystemTextJsonFormatter()));
server.AddLocalRpcMethod("fail", (int code) =>
{
    throw new LocalRpcException("Stopped.") { ErrorCode = code, ErrorData = "the change is in effect" };
});
server.StartListening();
using var client = new JsonRpc(new HeaderDelimitedMessageHandler(here, here, new SystemTextJsonFormatter()));
client.StartListening();

var seen = new List<string>();
foreach (var code in new[] { 9, -32602, -32800 })
{
    try
    {
        await client.InvokeAsync("fail", code);
    }
    catch (Exception e)
    {
        seen.Add($"{code}: {e.GetType().Name}, data: {(e as RemoteRpcException)?.ErrorData ?? "none"}");
    }
}

seen.ForEach(Console.WriteLine);
return seen is
[
    "9: RemoteInvocationException, data: the change is in effect",
    "-32602: RemoteMethodNotFoundException, data: the change is in effect",
    "-32800: TaskCanceledException, data: none",
] ? 0 : 1;
PROGRAM
dotnet run --verbosity quiet
