using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway.Network;

/// <summary>What is learned while one connection is made, step by step, for a diagnosis. Safe for concurrent use.</summary>
internal sealed class ConnectionTrace(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<ConnectionAttempt> _attempts = [];
    private readonly long _began = time.GetTimestamp();

    /// <summary>The host that was looked up: the gateway, or the proxy before it.</summary>
    public string? Host { get; private set; }

    /// <summary>What its name resolved to; null where it did not.</summary>
    public IReadOnlyList<IPAddress>? Addresses { get; private set; }

    /// <summary>How long that took.</summary>
    public TimeSpan ResolveTime { get; private set; }

    /// <summary>The address that a connection was made to; null where there was none.</summary>
    public IPAddress? Connected { get; private set; }

    /// <summary>How long that took.</summary>
    public TimeSpan ConnectTime { get; private set; }

    /// <summary>What was found of the server's certificate; null where no handshake came that far.</summary>
    public CertificateFindings? Certificate { get; private set; }

    /// <summary>From the connection to the end of the handshake, or as far as it came.</summary>
    public TimeSpan TlsTime { get; private set; }

    /// <summary>The addresses that were tried and did not answer.</summary>
    public IReadOnlyList<ConnectionAttempt> Failures
    {
        get
        {
            lock (_lock)
                return [.. _attempts];
        }
    }

    /// <summary>A name is being looked up.</summary>
    public void Resolving(string host) => Host = host;

    /// <summary>A name was looked up; null where that failed.</summary>
    public void Resolved(IReadOnlyList<IPAddress>? addresses) => (Addresses, ResolveTime) = (addresses, time.GetElapsedTime(_began));

    /// <summary>An address did not answer.</summary>
    public void Failed(IPAddress address, SocketError error)
    {
        lock (_lock)
            _attempts.Add(new ConnectionAttempt(address, error));
    }

    /// <summary>An address answered.</summary>
    public void ConnectedTo(IPAddress address) => (Connected, ConnectTime) = (address, time.GetElapsedTime(_began) - ResolveTime);

    /// <summary>A server showed its certificate.</summary>
    public void SawCertificate(X509Certificate2 leaf, X509Chain? chain, SslPolicyErrors errors)
    {
        Certificate = CertificateFindings.Of(leaf, chain, errors, time.GetUtcNow());
        TlsTime = time.GetElapsedTime(_began) - ResolveTime - ConnectTime;
    }

    /// <summary>A server showed none.</summary>
    public void SawNoCertificate() =>
        Certificate = new CertificateFindings(CertificateProblems.Missing, "", "", [], DateTimeOffset.MinValue, DateTimeOffset.MinValue);
}

/// <summary>An address that did not answer.</summary>
public sealed record ConnectionAttempt(IPAddress Address, SocketError Error);
