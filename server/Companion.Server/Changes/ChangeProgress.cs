using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>Tells the stages of one change, each once, as LSP's work-done progress.</summary>
/// <param name="send">Sends a value to whoever gave the token.</param>
internal sealed class ChangeProgress(Action<WorkDoneProgress> send)
{
    private string? _told;

    /// <summary>Tells a new state, where there is something new to tell.</summary>
    /// <param name="state">The state.</param>
    public void Report(ChangeState state)
    {
        if (state.Answered)
        {
            send(new WorkDoneProgress { Kind = "end" });
            return;
        }

        var stage = Stage(state);
        if (stage == _told)
            return;
        send(_told is null
            ? new WorkDoneProgress { Kind = "begin", Title = state.Change.Title, Cancellable = true, Message = stage }
            : new WorkDoneProgress { Kind = "report", Message = stage });
        _told = stage;
    }

    private static string Stage(ChangeState state) => (state.Phase, state.FailingSince) switch
    {
        (Phase.Looking, null) => "asking the gateway how it stands",
        (_, not null) => "the gateway does not answer; asking again",
        (Phase.Sending, _) => "requested",
        (Phase.Settling, _) => "the answer was lost; asking the gateway what became of it",
        (Phase.Waiting, _) when state.Asked > 0 => $"accepted; the gateway says {state.Now!.State}",
        (Phase.Waiting, _) => "accepted",
        _ => "refused; asking the gateway how it stands",
    };
}
