using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway.Network;

/// <summary>Records the steps of establishing a connection, for diagnostics. Safe for concurrent use.</summary>
internal sealed class ConnectionTrace(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<ConnectionAttempt> _attempts = [];
    private readonly long _began = time.GetTimestamp();

    /// <summary>The host that was looked up: the gateway or the proxy.</summary>
    public string? Host { get; private set; }

    /// <summary>The resolved addresses, or null if that failed.</summary>
    public IReadOnlyList<IPAddress>? Addresses { get; private set; }

    /// <summary>How long resolving took.</summary>
    public TimeSpan ResolveTime { get; private set; }

    /// <summary>The connected address, or null.</summary>
    public IPAddress? Connected { get; private set; }

    /// <summary>How long connecting took.</summary>
    public TimeSpan ConnectTime { get; private set; }

    /// <summary>What was found out about the server's certificate, or null if the handshake didn't get that far.</summary>
    public CertificateFindings? Certificate { get; private set; }

    /// <summary>The time from the connection to the end of the handshake, or to where it failed.</summary>
    public TimeSpan TlsTime { get; private set; }

    /// <summary>The addresses that didn't respond.</summary>
    public IReadOnlyList<ConnectionAttempt> Failures
    {
        get
        {
            lock (_lock)
                return [.. _attempts];
        }
    }

    /// <summary>Records that a name is being resolved.</summary>
    public void Resolving(string host) => Host = host;

    /// <summary>Records the resolved addresses, or null if that failed.</summary>
    public void Resolved(IReadOnlyList<IPAddress>? addresses) => (Addresses, ResolveTime) = (addresses, time.GetElapsedTime(_began));

    /// <summary>Records that an address didn't respond.</summary>
    public void Failed(IPAddress address, SocketError error)
    {
        lock (_lock)
            _attempts.Add(new ConnectionAttempt(address, error));
    }

    /// <summary>Records that an address responded.</summary>
    public void ConnectedTo(IPAddress address) => (Connected, ConnectTime) = (address, time.GetElapsedTime(_began) - ResolveTime);

    /// <summary>Records the server's certificate.</summary>
    public void RecordCertificate(X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        Certificate = CertificateFindings.Of(leaf, chain, errors, time.GetUtcNow());
        TlsTime = time.GetElapsedTime(_began) - ResolveTime - ConnectTime;
    }

    /// <summary>Records that the server has no certificate.</summary>
    public void RecordMissingCertificate() =>
        Certificate = new CertificateFindings(CertificateProblems.Missing, "", "", [], DateTimeOffset.MinValue, DateTimeOffset.MinValue);
}

/// <summary>An address that didn't respond.</summary>
public sealed record ConnectionAttempt(IPAddress Address, SocketError Error);
