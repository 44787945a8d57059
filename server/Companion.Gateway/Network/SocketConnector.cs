using System.Net;
using System.Net.Sockets;

namespace Companion.Gateway.Network;

/// <summary>
/// Connects to the first address of a host that responds (RFC 8305, "Happy Eyeballs"): alternates between IPv6 and IPv4, and tries another
/// address every 250 ms. In a network where IPv6 doesn't work, this costs 250 ms instead of the whole time limit.
/// </summary>
/// <param name="trace">Records each step, or null.</param>
internal sealed class SocketConnector(TimeProvider time, ConnectionTrace? trace)
{
    /// <summary>How long to wait for an address before the next one is tried as well.</summary>
    public static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>Implements <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = Interleave(await ResolveAsync(host, cancellationToken).ConfigureAwait(false));
        return await RaceAsync(addresses, port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Alternates between the address families, beginning with the first address's.</summary>
    internal static IReadOnlyList<IPAddress> Interleave(IReadOnlyList<IPAddress> addresses)
    {
        var first = addresses.Where(a => a.AddressFamily == addresses[0].AddressFamily).ToList();
        var second = addresses.Where(a => a.AddressFamily != addresses[0].AddressFamily).ToList();
        return [.. Enumerable.Range(0, Math.Max(first.Count, second.Count)).SelectMany(i => first.Skip(i).Take(1).Concat(second.Skip(i).Take(1)))];
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        trace?.Resolving(host);
        try
        {
            var addresses = IPAddress.TryParse(host, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            if (addresses.Length == 0)
                throw new SocketException((int)SocketError.HostNotFound);
            trace?.Resolved(addresses);
            return addresses;
        }
        catch (SocketException)
        {
            trace?.Resolved(null);
            throw;
        }
    }

    /// <summary>Connects to the first address that responds.</summary>
    /// <exception cref="SocketException">No address responded.</exception>
    internal async Task<Stream> RaceAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellationToken)
    {
        if (addresses.Count == 1)
            return new NetworkStream(await DialAsync(addresses[0], port, cancellationToken).ConfigureAwait(false), ownsSocket: true);
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task<Socket>>();
        var next = 0;
        while (true)
        {
            if (next < addresses.Count)
                running.Add(DialAsync(addresses[next++], port, race.Token));
            if (await FirstAsync(running, mayWait: next >= addresses.Count, race.Token).ConfigureAwait(false) is not { } done)
                continue; // try the next address too
            running.Remove(done);
            if (done.IsCompletedSuccessfully)
            {
                await race.CancelAsync().ConfigureAwait(false);
                foreach (var loser in running)
                    _ = DisposeAsync(loser);
                return new NetworkStream(await done.ConfigureAwait(false), ownsSocket: true);
            }

            if (running.Count == 0 && next >= addresses.Count)
                _ = await done.ConfigureAwait(false); // throws the last address's error
        }
    }

    /// <summary>Returns the first attempt that ends. Null if it's time for the next address.</summary>
    private async Task<Task<Socket>?> FirstAsync(List<Task<Socket>> running, bool mayWait, CancellationToken cancellationToken)
    {
        var first = Task.WhenAny(running);
        if (!mayWait)
        {
            using var turn = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var ended = await Task.WhenAny(first, Task.Delay(Stagger, time, turn.Token)).ConfigureAwait(false);
            await turn.CancelAsync().ConfigureAwait(false);
            if (ended != first)
                return null;
        }

        return await first.ConfigureAwait(false);
    }

    private async Task<Socket> DialAsync(IPAddress address, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(new IPEndPoint(address, port), cancellationToken).ConfigureAwait(false);
            trace?.ConnectedTo(address);
            return socket;
        }
        catch (Exception e)
        {
            socket.Dispose();
            trace?.Failed(address, (e as SocketException)?.SocketErrorCode ?? SocketError.TimedOut);
            throw;
        }
    }

    private static async Task DisposeAsync(Task<Socket> loser)
    {
        await ((Task)loser).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (loser.IsCompletedSuccessfully)
            (await loser.ConfigureAwait(false)).Dispose();
    }
}
