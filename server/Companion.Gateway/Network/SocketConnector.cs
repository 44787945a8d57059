using System.Net;
using System.Net.Sockets;

namespace Companion.Gateway.Network;

/// <summary>
/// Connects to whichever address of a host answers first (RFC 8305, "happy eyeballs"): IPv6 and IPv4 by turns, the next one a quarter
/// of a second after the last. A network whose IPv6 leads nowhere then costs a quarter of a second, and not the whole time limit.
/// </summary>
/// <param name="trace">Records each step, or null.</param>
internal sealed class SocketConnector(TimeProvider time, ConnectionTrace? trace)
{
    /// <summary>How long an address has to itself before the next one is tried as well.</summary>
    public static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(250);

    /// <summary>A <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = Interleave(await ResolveAsync(host, cancellationToken).ConfigureAwait(false));
        return await RaceAsync(addresses, port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The addresses by turns of their families, the first one's family first.</summary>
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

    /// <summary>The first of the addresses that answers.</summary>
    /// <exception cref="SocketException">None does.</exception>
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
                continue; // the next one's turn
            running.Remove(done);
            if (done.IsCompletedSuccessfully)
            {
                await race.CancelAsync().ConfigureAwait(false);
                foreach (var loser in running)
                    _ = DisposeAsync(loser);
                return new NetworkStream(await done.ConfigureAwait(false), ownsSocket: true);
            }

            if (running.Count == 0 && next >= addresses.Count)
                _ = await done.ConfigureAwait(false); // throws what the last one failed with
        }
    }

    /// <summary>The first that ends; null where the next address's turn comes before.</summary>
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
