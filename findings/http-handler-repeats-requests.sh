#!/usr/bin/env bash
# One GetAsync reaches a server four times when the server reads each request and closes the connection without an answer:
# SocketsHttpHandler repeats it on new connections by itself. A POST with content arrives once. There is no setting to turn it off;
# RequestHeaderEncodingSelector is called each time that a request is written, so it can count the repetitions.
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
  </PropertyGroup>
</Project>
EOF
cat > Program.cs <<'EOF'
using System.Net;
using System.Net.Sockets;
using System.Text;

var listener = new TcpListener(IPAddress.Loopback, 0);
listener.Start();
var arrived = new List<string>();
_ = Task.Run(async () =>
{
    while (true)
        _ = Serve(await listener.AcceptTcpClientAsync());
});

var written = 0;
using var http = new HttpClient(new SocketsHttpHandler
{
    RequestHeaderEncodingSelector = (header, _) =>
    {
        if (header == "Accept")
            Interlocked.Increment(ref written);
        return null;
    },
});
var address = new Uri($"http://{listener.LocalEndpoint}/");
var get = await Send(HttpMethod.Get, null);
var getWritten = written;
var post = await Send(HttpMethod.Post, new StringContent("{}"));
Console.WriteLine($".NET {Environment.Version}: one GET arrived {get} times, and was written {getWritten} times; one POST arrived {post} times");
return (get, getWritten, post) == (4, 4, 1) ? 0 : 1;

async Task Serve(TcpClient client)
{
    using (client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        if (await reader.ReadLineAsync() is not { } first)
            return; // a connection that carries no request
        for (var length = 0; await reader.ReadLineAsync() is { } line;)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.Split(':')[1]);
            if (line.Length > 0)
                continue;
            if (length > 0)
                await reader.ReadBlockAsync(new char[length]); // everything is read, so closing is not a reset
            break;
        }

        lock (arrived)
            arrived.Add(first.Split(' ')[0]);
    }
}

async Task<int> Send(HttpMethod method, HttpContent? content)
{
    lock (arrived)
        arrived.Clear();
    using var request = new HttpRequestMessage(method, address) { Content = content };
    request.Headers.Add("Accept", "application/json");
    try
    {
        await http.SendAsync(request);
    }
    catch (HttpRequestException)
    {
        // every attempt ended without an answer
    }

    lock (arrived)
        return arrived.Count;
}
EOF
dotnet run --verbosity quiet
