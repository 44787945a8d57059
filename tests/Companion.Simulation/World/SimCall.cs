using System.Globalization;
using Companion.Protocol;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>A method that a client called.</summary>
/// <param name="number">1 for the first one of the run.</param>
internal sealed class SimCall(int number, ClientAction action, SimProcess process)
{
    private static readonly AsyncLocal<SimCall?> Flow = new();

    /// <summary>The call that the running code belongs to, or null.</summary>
    public static SimCall? Current => Flow.Value;

    public int Number => number;

    public ClientAction Action => action;

    public SimProcess Process => process;

    /// <summary>The version of VS Code in its request, which identifies the request.</summary>
    public string VscodeVersion { get; } = string.Create(CultureInfo.InvariantCulture, $"1.139.{number}");

    /// <summary>When it was made, in true time.</summary>
    public long StartedAt { get; init; }

    /// <summary>When it was made, on the monotonic clock.</summary>
    public long StartedMonotonic { get; init; }

    /// <summary>When it was made, on the wall clock.</summary>
    public DateTimeOffset StartedWall { get; } = process.World.Machine.Wall;

    /// <summary>How long it may wait for room, or null if it connects at once.</summary>
    public TimeSpan? RoomLimit => action is ConnectAction { WaitForRoom: { } wait } ? TimeSpan.FromSeconds(wait.Seconds) : null;

    /// <summary>Cancels it.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    /// <summary>When it was canceled, in true time.</summary>
    public long? CancelledAt { get; set; }

    /// <summary>The requests that sent its change.</summary>
    public List<Exchange> Sent { get; } = [];

    /// <summary>When it was answered, in true time; null while pending.</summary>
    public long? AnsweredAt { get; private set; }

    /// <summary>The environment in the response, as a result or in an error.</summary>
    public EnvironmentInfo? Environment { get; private set; }

    /// <summary>The environments of a list.</summary>
    public IReadOnlyList<EnvironmentInfo> Environments { get; private set; } = [];

    /// <summary>Whether it succeeded.</summary>
    public bool Succeeded { get; private set; }

    /// <summary>The error's code; 0 without an error.</summary>
    public int ErrorCode { get; private set; }

    /// <summary>The error's <c>outcome</c>.</summary>
    public string? Outcome { get; private set; }

    /// <summary>An exception that no client can understand.</summary>
    public Exception? Defect { get; private set; }

    /// <summary>Whether the caller still waits.</summary>
    public bool IsPending => AnsweredAt is null && process.IsAlive;

    /// <summary>The environment that it is about, if any.</summary>
    public string? EnvironmentId => action switch
    {
        ChangeAction change => change.EnvironmentId,
        GetAction get => get.EnvironmentId,
        SetLeaseAction set => set.EnvironmentId,
        WatchAction watch => string.Join(' ', watch.EnvironmentIds),
        _ => null,
    };

    /// <summary>Runs code as part of this call. Everything that it starts, now or later, belongs to this call.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        Flow.Value = this;
        return await run().ConfigureAwait(false);
    }

    /// <summary>It succeeded.</summary>
    public void Succeed(long now, EnvironmentInfo? environment, IReadOnlyList<EnvironmentInfo>? environments)
    {
        AnsweredAt = now;
        Succeeded = true;
        Environment = environment;
        Environments = environments ?? [];
    }

    /// <summary>It failed.</summary>
    public void Fail(long now, int code, ErrorData? data)
    {
        AnsweredAt = now;
        ErrorCode = code;
        Outcome = data?.Outcome;
        Environment = data?.Environment;
    }

    /// <summary>It failed in a way that no client can understand.</summary>
    public void Break(long now, Exception defect)
    {
        AnsweredAt = now;
        Defect = defect;
    }

    /// <summary>The response, in a line of a trace.</summary>
    public string AnswerText =>
        Defect is not null ? $"defect {Defect.GetType().Name}"
        : Succeeded ? $"ok{(Environment is { } e ? $" {e.State}" : "")}"
        : string.Create(CultureInfo.InvariantCulture, $"error {ErrorCode} {Outcome} {Environment?.State}");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"call {number} ({action.Name} {EnvironmentId})");
}
