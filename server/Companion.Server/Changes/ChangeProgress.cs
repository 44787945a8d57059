using Companion.Protocol;
using Companion.Server.Environments;

namespace Companion.Server.Changes;

/// <summary>Tells the stages of one change, each once, as LSP's work-done progress.</summary>
/// <param name="send">Sends a value to whoever gave the token.</param>
internal sealed class ChangeProgress(Action<WorkDoneProgress> send)
{
    private string? _told;
    private bool _isOver;

    /// <summary>Tells a new step, where there is something new to tell.</summary>
    /// <param name="step">The step.</param>
    public void Report(EnvironmentStep step)
    {
        if (step.Answer is not null)
            End();
        else if (step.State.Change is not null)
            Tell(step.State.Change.Asked, Stage(step.State, step.State.Change));
    }

    /// <summary>Tells that the gateway does not answer and is asked again.</summary>
    public void ReportSilence()
    {
        if (_told is not null)
            Tell(change: null, "the gateway does not answer; asking again");
    }

    private static string Stage(EnvironmentState state, ChangeState change) => state.Phase switch
    {
        Phase.Looking => "asking the gateway how it stands",
        Phase.Sending => change.Sent > 1 ? "requested again, as the gateway had not begun" : "requested",
        Phase.Settling when change.IsProvenUndone => "the gateway is busy; trying again",
        Phase.Settling => "the answer was lost; asking the gateway what became of it",
        Phase.Waiting when change.Looks > 0 => $"accepted; the gateway says {state.Now!.State}",
        Phase.Waiting => "accepted",
        _ => "refused; asking the gateway how it stands",
    };

    private void Tell(Change? change, string stage)
    {
        if (_isOver || stage == _told)
            return;
        send(_told is null && change is not null
            ? new WorkDoneProgress { Kind = "begin", Title = change.Title, Cancellable = true, Message = stage }
            : new WorkDoneProgress { Kind = "report", Message = stage });
        _told = stage;
    }

    private void End()
    {
        if (!_isOver && _told is not null)
            send(new WorkDoneProgress { Kind = "end" });
        _isOver = true;
    }
}
