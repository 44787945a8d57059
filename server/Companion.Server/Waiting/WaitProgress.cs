using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Language;

namespace Companion.Server.Waiting;

/// <summary>The progress of a connect that waits for room: of the waiting, and of each attempt, as one.</summary>
internal sealed class WaitProgress(Connect connect, Phrases phrases, Action<WorkDoneProgress> send, TimeProvider time)
{
    private static readonly WorkDoneProgress Over = new() { Kind = "end" };

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private WorkDoneProgress _end = Over;
    private WorkDoneProgress? _last;
    private bool _hasBegun;

    /// <summary>Reports what was read about the node pool, if that's new.</summary>
    public void Report(RoomReport room)
    {
        _end = Over;
        var value = new WorkDoneProgress
        {
            Kind = "report",
            Message = room.Usage is { } usage
                ? phrases.WaitingForRoom(usage.FreeRanks, connect.Connection.NumRanks ?? 1, usage.CeilingRanks)
                : phrases.Unconfirmed,
            Stage = room.Usage is null ? ChangeStages.Unconfirmed : ChangeStages.WaitingForRoom,
            Since = _began,
            FreeRanks = room.Usage?.FreeRanks,
            CeilingRanks = room.Usage?.CeilingRanks,
        };
        if (value == _last)
            return;
        Send(value);
        _last = value;
    }

    /// <summary>Passes on the progress of an attempt. Its end might not be the end of the waiting.</summary>
    public void Forward(WorkDoneProgress value)
    {
        if (value.Kind == "end")
            _end = value;
        else
            Send(value);
        _last = null;
    }

    /// <summary>Reports the end.</summary>
    public void End()
    {
        if (_hasBegun)
            send(_end);
    }

    private void Send(WorkDoneProgress value)
    {
        send(_hasBegun
            ? value with { Kind = "report", Title = null, Cancellable = null }
            : value with { Kind = "begin", Title = phrases.Connecting(connect.Key.EnvironmentId, connect.Connection.NodePoolId), Cancellable = true });
        _hasBegun = true;
    }
}
