using System.Globalization;
using System.Text.RegularExpressions;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Server.Storage;

namespace Companion.Simulation.Mutants;

/// <summary>A folder that stores other leases than it's given. Everything else is passed through.</summary>
/// <param name="change">Changes the stored text.</param>
internal sealed partial class ChangesLeases(IDurableStore inner, Func<string, string?> change) : IDurableStore
{
    /// <summary>Makes each end half a minute earlier.</summary>
    public static string Earlier(string text) => Until().Replace(
        text, static end => DateTimeOffset.Parse(end.Value, CultureInfo.InvariantCulture).AddSeconds(-30).ToString("O", CultureInfo.InvariantCulture));

    /// <summary>Removes what tells a connection from a later one on the same node pool.</summary>
    public static string WithoutFingerprint(string text) => Fingerprint().Replace(text, "null");

    public string? Read(string name) => inner.Read(name);

    public string? Change(string name, Func<string?, string?> replace) => name.StartsWith("leases.", StringComparison.Ordinal)
        ? inner.Change(name, text => replace(text) is { } written ? change(written) : null)
        : inner.Change(name, replace);

    public LockAttempt TryLock(string name) => inner.TryLock(name);

    public IReadOnlyList<string> FindRecords() => inner.FindRecords();

    public IReadOnlyList<string> TakeOver(string pattern) => inner.TakeOver(pattern);

    public void SendSignal(string text) => inner.SendSignal(text);

    public IDisposable Listen(Action<string> onSignal) => inner.Listen(onSignal);

    [GeneratedRegex("(?<=\"until\":\")[^\"]*", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Until();

    [GeneratedRegex("(?<=\"(updateTime|numRanks|role|zone)\":)(\"[^\"]*\"|[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fingerprint();
}

/// <summary>Disconnects with <c>force</c> if nothing else was requested.</summary>
internal sealed class ForcesDisconnect(IGateway inner) : GatewayDecorator(inner)
{
    public override Task DisconnectEnvironmentAsync(
        string accountId, string environmentId, GatewayDisconnectEnvironmentBody body, CancellationToken cancellationToken) =>
        base.DisconnectEnvironmentAsync(accountId, environmentId, body with { Force = body.Force ?? true }, cancellationToken);
}
