using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Errors;

namespace Companion.Server.Changes;

/// <summary>Takes the changes that people ask for, one at a time for each environment, and answers with the truth.</summary>
internal sealed class ChangeService(
    IGateway gateway, EnvironmentReader reader, ChangesUnderWay underWay, Advice advice, TimeProvider time)
{
    private readonly ChangeRunner _runner = new(gateway, reader, time);

    /// <summary>Carries out a change and waits for its answer.</summary>
    /// <param name="change">What to do.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="tell">Is told the stages, or null.</param>
    /// <param name="cancellationToken">Stops the waiting at once; what was sent is not taken back.</param>
    /// <exception cref="MethodException">It did not come to what was asked for; the error says what did.</exception>
    public async Task<EnvironmentInfo> CarryOutAsync(
        Change change, TimeSpan timeout, Action<WorkDoneProgress>? tell, CancellationToken cancellationToken)
    {
        if (!underWay.TryBegin(change, out var other))
            throw Advice.Busy(change, other);

        var progress = tell is null ? null : new ChangeProgress(tell);
        var (answer, over) = _runner.Run(change, timeout, state => progress?.Report(state), cancellationToken);
        _ = over.ContinueWith(
            _ => underWay.End(change), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var told = await answer.ConfigureAwait(false);
        return told is ChangeAnswer.Done done ? done.Environment : throw advice.Failure(change, told);
    }
}
