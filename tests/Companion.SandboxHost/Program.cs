using System.Globalization;
using Companion.Sandbox;
using Companion.SandboxHost;

#pragma warning disable RS0030 // The entry point writes its address to stdout and ends with stdin.

// Serves a sandbox on loopback until stdin closes. Prints {"url":"http://127.0.0.1:PORT"} when it's ready.
//   --port N           default: any free port
//   --connect-ms N     duration of a connect; default: 4000
//   --disconnect-ms N  duration of a disconnect; default: 3000
//   --page-size N      maximum number of items per page; default: 200
//   --environments N   number of environments to add to the main account; default: 0
var options = new SandboxOptions();
var port = 0;
for (var i = 0; i < args.Length; i += 2)
{
    if (i + 1 >= args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        return Usage();
    switch (args[i])
    {
        case "--port":
            port = number;
            break;
        case "--connect-ms":
            options = options with { ConnectDuration = TimeSpan.FromMilliseconds(number) };
            break;
        case "--disconnect-ms":
            options = options with { DisconnectDuration = TimeSpan.FromMilliseconds(number) };
            break;
        case "--page-size":
            options = options with { MaxPageSize = number };
            break;
        case "--environments":
            options = options with { MoreEnvironments = number };
            break;
        default:
            return Usage();
    }
}

await using (var server = SandboxHttpServer.Start(new SandboxGateway(TimeProvider.System, options), TimeProvider.System, port))
{
    await Console.Out.WriteLineAsync($$"""{"url":"{{server.Url.AbsoluteUri.TrimEnd('/')}}"}""");
    await Console.Out.FlushAsync();
    using var stdin = Console.OpenStandardInput();
    await stdin.CopyToAsync(Stream.Null);
}

return 0;

static int Usage()
{
    Console.Error.WriteLine("usage: Companion.SandboxHost [--port N] [--connect-ms N] [--disconnect-ms N] [--page-size N] [--environments N]");
    return 2;
}
