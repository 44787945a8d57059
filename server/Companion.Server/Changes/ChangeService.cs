using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Errors;

namespace Companion.Server.Changes;

/// <summary>Takes the changes that people ask for, and answers with the truth.</summary>
/// <param name="environments">Carry them out, each one at a time.</param>
/// <param name="advice">Words for how they end.</param>
internal sealed class ChangeService(EnvironmentActors environments, Advice advice)
{
    /// <summary>Carries out a change and waits for its answer.</summary>
    /// <param name="change">What to do.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="tell">Is told the stages, or null.</param>
    /// <param name="cancellationToken">Stops the waiting at once; what was sent is not taken back.</param>
    /// <exception cref="MethodException">It did not come to what was asked for; the error says what did.</exception>
    public async Task<EnvironmentInfo> CarryOutAsync(
        Change change, TimeSpan timeout, Action<WorkDoneProgress>? tell, CancellationToken cancellationToken)
    {
        var progress = tell is null ? null : new ChangeProgress(tell);
        var answer = await environments[change.Key].CarryOutAsync(change, timeout, expected: null, progress, cancellationToken).ConfigureAwait(false);
        return answer is ChangeAnswer.Done done ? done.Environment : throw advice.Failure(change, answer);
    }
}
