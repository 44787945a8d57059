using System.Runtime.CompilerServices;
using Companion.Gateway.Json;

namespace Companion.Gateway.Api;

/// <summary>
/// Every environment of an account. The next page is asked for before this one is read, which takes as long as the gateway needs for
/// the next: a token that can be found without reading the page names it nearly always, and where it does not, nothing is lost.
/// </summary>
/// <param name="lists">Limits how many lists are read at once.</param>
internal sealed class EnvironmentList(GatewayTransport transport, IQuestionRetry retry, Turns lists, string accountId)
{
    private const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>The pages.</summary>
    public async IAsyncEnumerable<GatewayEnvironmentPage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new PageSequence(GatewayRoutes.ListEnvironments(accountId), MaxBytes);
        var rows = new List<EnvironmentRow>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Asked? ahead = null;
        await lists.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (pages.Next is { } call)
            {
                using var page = await retry.AskAsync(_ => ReadAsync(call), stop.Token).ConfigureAwait(false);
                pages.Read(page.Facts);
                rows.RemoveAll(row => !pages.IsNew(row.Name.In(page.Answer.Body.Span)));
                if (rows.Count > 0)
                    yield return new GatewayEnvironmentPage(page.Answer, rows);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            Forget(ahead);
            lists.Leave();
        }

        async Task<Page> ReadAsync(GatewayCall call)
        {
            var asked = ahead?.Call == call ? ahead : Ask(call);
            if (asked != ahead)
                Forget(ahead);
            ahead = null;
            var answer = await asked.Answer.ConfigureAwait(false);
            try
            {
                if (PageToken.Find(answer.Body.Span) is { } token && pages.Ahead(token) is { } next)
                    ahead = Ask(next);
                return new Page(answer, AnswerReader.ReadEnvironments(call, answer, rows));
            }
            catch
            {
                answer.Dispose();
                throw;
            }
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

    /// <summary>A page that was read, as long as it is used.</summary>
    private sealed record Page(GatewayAnswer Answer, PageFacts Facts) : IDisposable
    {
        public void Dispose() => Answer.Dispose();
    }

    /// <summary>A request that was sent.</summary>
    private sealed record Asked(GatewayCall Call, Task<GatewayAnswer> Answer);
}
