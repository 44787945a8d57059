#!/usr/bin/env bash
# A method that is called as a notification gets a token that can never be canceled, although
# CancelLocallyInvokedMethodsWhenConnectionIsClosed is true: a long-running one does not end with the connection.
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
var target = new Target();
using var server = new JsonRpc(serverStream) { CancelLocallyInvokedMethodsWhenConnectionIsClosed = true };
server.AddLocalRpcTarget(target);
server.StartListening();
using var client = JsonRpc.Attach(clientStream);

_ = client.InvokeAsync("Request");
var request = await target.Requested.Task;
await client.NotifyAsync("Notification");
var notification = await target.Notified.Task;
Console.WriteLine($".NET {Environment.Version}, StreamJsonRpc {typeof(JsonRpc).Assembly.GetName().Version}");
Console.WriteLine($"token of a request: CanBeCanceled = {request.CanBeCanceled}");
Console.WriteLine($"token of a notification: CanBeCanceled = {notification.CanBeCanceled}");
return request.CanBeCanceled && !notification.CanBeCanceled ? 0 : 1;

internal sealed class Target
{
    internal TaskCompletionSource<CancellationToken> Requested { get; } = new();

    internal TaskCompletionSource<CancellationToken> Notified { get; } = new();

    public void Request(CancellationToken cancellationToken) => Requested.SetResult(cancellationToken);

    public void Notification(CancellationToken cancellationToken) => Notified.SetResult(cancellationToken);
}
EOF
dotnet run --verbosity quiet
