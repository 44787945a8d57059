#!/usr/bin/env bash
# StreamJsonRpc 2.26.150 loads Newtonsoft.Json.dll for a connection that only uses SystemTextJsonFormatter. The package's other formatters
# aren't loaded: MessagePack.dll and Nerdbank.MessagePack.dll can be deleted, and the same call still works.
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
    <Nullable>enable</Nullable>
    <NoWarn>StreamJsonRpc0003;StreamJsonRpc0008</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="StreamJsonRpc" Version="2.26.150" />
    <PackageReference Include="Nerdbank.Streams" Version="2.14.411" />
  </ItemGroup>
</Project>
EOF
cat > Program.cs <<'EOF'
using Nerdbank.Streams;
using StreamJsonRpc;

var (client, server) = FullDuplexStream.CreatePair();
using var there = Connect(server, new Calculator());
using var here = Connect(client, null);
Console.WriteLine($"1 + 2 = {await here.InvokeAsync<int>("Add", 1, 2)}");
foreach (var name in AppDomain.CurrentDomain.GetAssemblies().Select(a => a.GetName().Name).Order())
    if (name is "Newtonsoft.Json" || name!.Contains("MessagePack"))
        Console.WriteLine($"loaded {name}");

static JsonRpc Connect(Stream stream, object? target)
{
    var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(stream, new SystemTextJsonFormatter()));
    if (target is not null)
        rpc.AddLocalRpcTarget(target);
    rpc.StartListening();
    return rpc;
}

public sealed class Calculator
{
    public int Add(int a, int b) => a + b;
}
EOF
dotnet publish -c Release -o out --nologo -v quiet
with=$(dotnet out/probe.dll)
echo "as published: $with"
[ "$with" = $'1 + 2 = 3\nloaded Newtonsoft.Json' ]

# The host checks that the files named in probe.deps.json exist, so it has to go too.
rm out/probe.deps.json out/MessagePack*.dll out/Nerdbank.MessagePack.dll
without=$(dotnet out/probe.dll)
echo "without the MessagePack assemblies: $without"
[ "$without" = "$with" ]
# Seen: as published, 3 and Newtonsoft.Json loaded; without the MessagePack assemblies, the same.
