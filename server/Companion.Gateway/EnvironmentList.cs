using System.Runtime.CompilerServices;

namespace Companion.Gateway;

/// <summary>
/// Every environment of an account. The next page is asked for before this one is read, which takes as long as the gateway needs for
/// the next: a token that can be found without reading the page names it nearly always, and where it does not, nothing is lost.
/// </summary>
/// <param name="transport">Sends the requests.</param>
/// <param name="accountId">The account.</param>
internal sealed class EnvironmentList(GatewayTransport transport, string accountId)
{
    /// <summary>The pages.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<GatewayEnvironmentPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new PageSequence(GatewayRoutes.ListEnvironments(accountId));
        var rows = new List<EnvironmentRow>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Asked? ahead = null;
        try
        {
            while (pages.Next is { } call)
            {
                var asked = ahead?.Call == call ? ahead : Ask(call);
                if (asked != ahead)
                    Forget(ahead);
                ahead = null;
                using var answer = await asked.Answer.ConfigureAwait(false);
                if (PageToken.Find(answer.Body.Span) is { } token && pages.Ahead(token) is { } next)
                    ahead = Ask(next);
                var tokens = AnswerReader.ReadEnvironments(call, answer, rows, out var nextPageToken);
                pages.Read(answer, tokens, nextPageToken);
                rows.RemoveAll(row => !pages.IsNew(answer, row.Name.In(answer.Body.Span)));
                if (rows.Count > 0)
                    yield return new GatewayEnvironmentPage(answer, rows);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            Forget(ahead);
        }

        Asked Ask(GatewayCall call) => new(call, transport.SendAsync(call, stop.Token));
    }

    private static void Forget(Asked? unused)
    {
        if (unused is not null)
            _ = ForgetAsync(unused.Answer);
    }

    private static async Task ForgetAsync(Task<GatewayAnswer> unused)
    {
        await ((Task)unused).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (unused.IsCompletedSuccessfully)
            (await unused.ConfigureAwait(false)).Dispose();
    }

    /// <summary>A request that was sent.</summary>
    private sealed record Asked(GatewayCall Call, Task<GatewayAnswer> Answer);
}
