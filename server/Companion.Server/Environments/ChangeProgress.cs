using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Language;

namespace Companion.Server.Environments;

/// <summary>Reports each stage of a change once, as LSP work-done progress.</summary>
/// <param name="expected">How long such a change usually takes, or null if unknown.</param>
internal sealed class ChangeProgress(Change asked, Phrases phrases, Action<WorkDoneProgress> send, TimeSpan? expected, TimeProvider time)
{
    private readonly int? _expectedSeconds = expected is { } usual ? InSeconds(usual) : null;
    private string? _lastMessage;
    private (string Name, DateTimeOffset Since) _stage;
    private bool _isOver;

    /// <summary>A usual duration as the client sees it.</summary>
    public static int InSeconds(TimeSpan usual) => (int)Math.Clamp(Math.Round(usual.TotalSeconds), 1, 86_400);

    /// <summary>Reports a step if there is something new to report.</summary>
    public void Report(EnvironmentStep step)
    {
        if (step.Answer is { } answer)
            End(answer);
        else if (step.State.Change is { } change)
            Send(Since(StageOf(step.State, change)), Phrase(step.State, change));
    }

    /// <summary>Reports that the gateway isn't responding and that the read is retried.</summary>
    public void ReportNoResponse()
    {
        // The stage continues: the next response doesn't restart it.
        if (_lastMessage is not null)
            Send((ChangeStages.Unconfirmed, time.GetUtcNow()), phrases.Unconfirmed);
    }

    private static string StageOf(EnvironmentState state, ChangeState change) => (state.Phase, state.Now?.State) switch
    {
        (Phase.Checking, _) => ChangeStages.Looking,
        (Phase.Sending, _) => ChangeStages.Requested,
        (Phase.Settling, _) => change.IsProvenUndone ? ChangeStages.Retrying : ChangeStages.Settling,
        (Phase.Waiting, EnvironmentStates.Connecting) when change.Reads > 0 => ChangeStages.Connecting,
        (Phase.Waiting, EnvironmentStates.Reconnecting) when change.Reads > 0 => ChangeStages.Reconnecting,
        (Phase.Waiting, EnvironmentStates.Disconnecting) when change.Reads > 0 => ChangeStages.Disconnecting,
        (Phase.Waiting, _) => ChangeStages.Accepted,
        _ => ChangeStages.Refused,
    };

    private string Phrase(EnvironmentState state, ChangeState change) => state.Phase switch
    {
        Phase.Checking => phrases.Checking,
        Phase.Sending => change.Sent > 1 ? phrases.RequestedAgain : phrases.Requested,
        Phase.Settling when change.IsProvenUndone => phrases.Retrying,
        Phase.Settling => phrases.Settling,
        Phase.Waiting when change.Reads > 0 => phrases.AcceptedAnd(state.Now!.State),
        Phase.Waiting => phrases.Accepted,
        _ => phrases.RefreshingAfterRefusal,
    };

    private (string Name, DateTimeOffset Since) Since(string stage) =>
        stage == _stage.Name ? _stage : _stage = (stage, time.GetUtcNow());

    private void Send((string Name, DateTimeOffset Since) stage, string phrase)
    {
        if (_isOver || phrase == _lastMessage)
            return;
        var isFirst = _lastMessage is null;
        send(new WorkDoneProgress
        {
            Kind = isFirst ? "begin" : "report",
            Title = isFirst ? Title() : null,
            Cancellable = isFirst ? true : null,
            Message = phrase,
            Stage = stage.Name,
            Since = stage.Since,
            ExpectedSeconds = _expectedSeconds,
        });
        _lastMessage = phrase;
    }

    private string Title() => asked is Connect connect
        ? phrases.Connecting(connect.Key.EnvironmentId, connect.Connection.NodePoolId)
        : phrases.Disconnecting(asked.Key.EnvironmentId);

    private void End(ChangeAnswer answer)
    {
        if (!_isOver && _lastMessage is not null)
            send(new WorkDoneProgress { Kind = "end", Stage = SettledStage(answer) });
        _isOver = true;
    }

    private string? SettledStage(ChangeAnswer answer) => (answer, asked) switch
    {
        (ChangeAnswer.Done, Connect { Wait: Wait.Settled }) => ChangeStages.Connected,
        (ChangeAnswer.Done, Disconnect { Wait: Wait.Settled }) => ChangeStages.Disconnected,
        _ => null,
    };
}
