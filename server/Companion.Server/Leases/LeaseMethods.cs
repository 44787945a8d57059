using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;

namespace Companion.Server.Leases;

/// <summary>Sets and clears the ends of connections for the client.</summary>
internal sealed class LeaseMethods(
    LeaseBook book, SystemEnds system, EnvironmentReader reader, EnvironmentChangePublisher publisher, ErrorMessages errors, TimeProvider time)
{
    /// <summary>Checks a requested end.</summary>
    /// <exception cref="MethodException">It's invalid.</exception>
    public void Check(LeaseParams? end)
    {
        if (end is not null)
            LeaseEnds.Check(end, time.GetUtcNow());
    }

    /// <summary>Checks whether the operating system can keep the end of a connection that is about to be made.</summary>
    /// <exception cref="MethodException">It can't.</exception>
    public async Task CheckSystemAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        if (await system.FindObstacleAsync(cancellationToken).ConfigureAwait(false) is { } obstacle)
            throw errors.NotKeptBySystem(publisher.NameOf(key), obstacle, isSet: false);
    }

    /// <summary>Lets the operating system keep the end of a connection that was just made. If it can't, the lease doesn't say that it does.</summary>
    public Task LetSystemKeepAsync(EnvironmentKey key) => LetSystemKeepAsync(key, isAsked: false);

    /// <summary>Sets the end of the current connection, or clears it.</summary>
    /// <param name="bySystem">Whether the operating system is to keep it, too. Null keeps that as it is.</param>
    /// <param name="bounds">What bounds the client, or null if nothing does.</param>
    /// <returns>The environment with its lease.</returns>
    /// <exception cref="MethodException">
    /// The environment can't be read or isn't connected, it's being disconnected because its end has come, or the end can't be stored or be kept
    /// in this way, or the bounds refuse it.
    /// </exception>
    public async Task<EnvironmentInfo> SetAsync(
        EnvironmentKey key, LeaseParams? end, bool? bySystem, ILeaseBounds? bounds, CancellationToken cancellationToken)
    {
        if (end is null)
        {
            if (bounds is not null)
                ThrowIfRefused(bounds, await ReadAsync(key, cancellationToken).ConfigureAwait(false));
            if (book.Read(key) is not null)
                ThrowIfNot(key, book.Clear(key));
            return book.With(publisher.Last(key) ?? await ReadAsync(key, cancellationToken).ConfigureAwait(false));
        }

        var environment = await ReadAsync(key, cancellationToken).ConfigureAwait(false);
        ThrowIfRefused(bounds, environment);
        if (bySystem == true)
            await CheckSystemAsync(key, cancellationToken).ConfigureAwait(false);
        Check(end); // its time may have passed in the meantime
        var before = book.Read(key);
        if (ConnectionFingerprint.Of(environment) is null && (before is not { Asked: not null } || bySystem == true))
            throw errors.NothingToEnd(publisher.NameOf(key));
        var result = book.Set(key, end, environment, bounds?.LatestMove);
        if (result.Action == LeaseAction.RefuseLater)
            throw ErrorMessages.Bounded(bounds!.TooLate, environment);
        ThrowIfNot(key, result);
        bounds?.Done(environment);
        var wasBySystem = before?.Kept?.SystemUntil is not null;
        if (bySystem ?? wasBySystem)
            await LetSystemKeepAsync(key, isAsked: bySystem == true).ConfigureAwait(false);
        else if (wasBySystem)
            book.Apply(key, new LeaseEvent.SystemReleases(time.GetUtcNow()));
        return book.With(environment);
    }

    // A caller that leaves doesn't stop it halfway.
    private async Task LetSystemKeepAsync(EnvironmentKey key, bool isAsked)
    {
        if (await system.KeepAsync(key, CancellationToken.None).ConfigureAwait(false) is not { } reason)
            return;
        book.Apply(key, new LeaseEvent.SystemReleases(time.GetUtcNow()));
        if (isAsked)
            throw errors.NotKeptBySystem(publisher.NameOf(key), reason, isSet: true);
    }

    private async Task<EnvironmentInfo> ReadAsync(EnvironmentKey key, CancellationToken cancellationToken) =>
        (await errors.ReadAsync(() => reader.GetAsync(key, cancellationToken), key).ConfigureAwait(false)).Environment;

    private void ThrowIfRefused(ILeaseBounds? bounds, EnvironmentInfo environment)
    {
        if (bounds is null)
            return;
        book.Reload();
        if (bounds.Check(book.With(environment)) is { } refusal)
            throw ErrorMessages.Bounded(refusal, environment);
    }

    private void ThrowIfNot(EnvironmentKey key, (LeaseAction Action, string? Reason) result)
    {
        if (result.Action == LeaseAction.Refuse)
            throw errors.LeaseIsEnding(publisher.NameOf(key));
        if (result.Reason is { } reason)
            throw errors.LeaseNotStored(publisher.NameOf(key), reason);
    }
}
