using System.Globalization;
using Companion.Protocol;
using Companion.Sandbox;
using Companion.Simulation.Invariants;
using Companion.Simulation.Mutants;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>The world of one run: a machine with its clients and servers, a network, a gateway, and the invariants.</summary>
internal sealed class SimWorld
{
    private readonly Invariant[] _invariants;

    /// <summary>Creates a world.</summary>
    /// <param name="mutant">The mutant to run, or null for the unchanged server.</param>
    /// <param name="trace">Where to write each event, or null.</param>
    public SimWorld(Schedule schedule, Mutant? mutant, List<string>? trace)
    {
        (Schedule, Mutant, Trace) = (schedule, mutant, trace);
        Machine = new SimMachine(Time);
        Clock = new SimClock(Time, Machine, static () => true);
        Gateway = new SimGateway(Time, schedule);
        Leases = new SimLeases(this);
        Clients = [.. Enumerable.Range(0, schedule.Processes).Select(slot => new Client(this, slot))];
        _invariants = Invariant.All(this);
    }

    public Schedule Schedule { get; }

    public Mutant? Mutant { get; }

    public List<string>? Trace { get; }

    public SimTime Time { get; } = new();

    public SimMachine Machine { get; }

    /// <summary>The machine's clock for things that outlive a process.</summary>
    public SimClock Clock { get; }

    public SimGateway Gateway { get; }

    public SimStore Store { get; } = new();

    /// <summary>The ends of connections that the clients asked for.</summary>
    public SimLeases Leases { get; }

    public Client[] Clients { get; }

    public Statistics Statistics { get; } = new();

    /// <summary>The number of requests that were sent.</summary>
    public int Exchanges { get; set; }

    /// <summary>The number of disconnects at the end of a connection.</summary>
    public int Ends { get; set; }

    /// <summary>The number of calls that were made.</summary>
    public int Calls { get; set; }

    /// <summary>The number of servers that were started.</summary>
    public int Processes { get; set; }

    /// <summary>The rate limits that the gateway has specified to processes that share a folder.</summary>
    public AnnouncedRateLimit AnnouncedRateLimit { get; } = new();

    /// <summary>The pending calls.</summary>
    public List<SimCall> Pending { get; } = [];

    /// <summary>The requests for changes that may still arrive at the gateway.</summary>
    public int OnTheirWay { get; set; }

    /// <summary>The violation, if any.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>Reports a violation.</summary>
    public void Fail(string invariant, string text)
    {
        Violation ??= new Violation(invariant, text, Time.Now);
        Trace?.Add($"{Stamp()} VIOLATION of {invariant}: {text}");
    }

    public void Do(SimAction action)
    {
        Statistics.Count("action", action.Name);
        switch (action)
        {
            case ClientAction a:
                Clients[a.Process].Do(a);
                break;
            case OtherConnectAction a:
                Other(a.EnvironmentId, "connect", $$"""{"connection":{"numRanks":{{a.Ranks}},"nodePoolId":"{{a.NodePoolId}}"} }""");
                break;
            case OtherDisconnectAction a:
                Other(a.EnvironmentId, "disconnect", a.Force ? """{"force":true}""" : "{}");
                break;
            case SleepAction a:
                Trace?.Add($"{Stamp()} the machine falls asleep");
                Machine.Sleep(a);
                break;
            case WallJumpAction a:
                Trace?.Add($"{Stamp()} the wall clock jumps");
                Machine.Jump(a);
                break;
        }
    }

    public void Called(SimCall call)
    {
        Trace?.Add($"{Stamp()} server {call.Process.Slot}: {call}");
        Pending.Add(call);
        Leases.Called(call);
        foreach (var invariant in _invariants)
            invariant.Called(call);
    }

    public void Cancel(SimCall call)
    {
        if (!call.IsPending)
            return;
        Trace?.Add($"{Stamp()} server {call.Process.Slot}: {call} is cancelled");
        call.CancelledAt = Time.Now;
        call.Cancellation.Cancel();
        foreach (var invariant in _invariants)
            invariant.Cancelled(call);
    }

    public void Answered(SimCall call)
    {
        Trace?.Add($"{Stamp()} server {call.Process.Slot}: {call}: {call.AnswerText}");
        Statistics.Count("answer", $"{call.Action.Name}: {(call.Succeeded ? "ok" : call.Outcome ?? (call.CancelledAt is null ? "failed" : "cancelled"))}");
        Pending.Remove(call);
        Leases.Answered(call);
        foreach (var invariant in _invariants)
            invariant.Answered(call);
    }

    public void Started(SimProcess process)
    {
        Trace?.Add($"{Stamp()} server {process.Slot}: started{(process.Unsettled.Count > 0 ? ", unsettled: " + string.Join(", ", process.Unsettled.Select(static key => key.EnvironmentId)) : "")}");
        foreach (var invariant in _invariants)
            invariant.Started(process);
    }

    public void Killed(SimProcess process)
    {
        Trace?.Add($"{Stamp()} server {process.Slot}: killed");
        Statistics.Count("killed", process.InFlight.Exists(static x => x.Target.IsChange) ? "with a change on its way" : process.InFlight.Count > 0 ? "with a question on its way" : "idle");
        foreach (var invariant in _invariants)
            invariant.Killed(process);
        Leases.Killed(process);
        Pending.RemoveAll(call => call.Process == process);
    }

    public void Sent(Exchange x)
    {
        Trace?.Add($"{Stamp()} server {x.Process.Slot}: request {x.Number} {x.Target.Call} {x.Target.EnvironmentId}{(x.IsByLease ? " at its end" : "")}{(x.Fault.Type == FaultType.None ? "" : $" [{x.Fault}]")}");
        Statistics.Count(x.Target.IsChange ? "fault of a change" : "fault of a question", x.Fault.Name);
        if (!x.Process.IsAlive)
            Fail("dead-process", $"request {x.Number} is sent by a server that is dead");
        x.Process.InFlight.Add(x);
        foreach (var invariant in _invariants)
            invariant.Sent(x);
        if (x.Target.IsChange)
            x.Call?.Sent.Add(x);
    }

    public void Carried(Exchange x)
    {
        foreach (var invariant in _invariants)
            invariant.Carried(x);
    }

    public void Arrived(Exchange x)
    {
        if (x.Target.IsChange)
            Trace?.Add($"{Stamp()} gateway: request {x.Number} {(x.Effect is null ? "refused" : "accepted")}");
        foreach (var invariant in _invariants)
            invariant.Arrived(x);
    }

    public void Ended(Exchange x)
    {
        Trace?.Add($"{Stamp()} server {x.Process.Slot}: request {x.Number} ends{(x.Status is { } s ? string.Create(CultureInfo.InvariantCulture, $" {s}") : " without an answer")}{(x is { IsAnsweredTruly: true, Described: [var (_, what)] } ? $" {what}" : "")}");
        x.Process.InFlight.Remove(x);
        var reported = x.Process.AnnouncedRateLimit;
        reported.HasShownLimit |= x.Status == 429;
        if (x.RetryAfter is { } wait)
            reported.NotBefore = Math.Max(reported.NotBefore, Machine.Monotonic + wait.Ticks);
        if (x.IsAnsweredTruly && x.Described.Count > 0)
            x.Process.Descriptions.Add(x);
        if (x is { Status: 404, Target.Call: GatewayMethod.GetEnvironment or GatewayMethod.NodePools or GatewayMethod.Account } && (x.IsAnsweredTruly || x.Fault.Type == FaultType.OwnNotFound))
            x.Process.NotFounds.Add(x);
        foreach (var invariant in _invariants)
            invariant.Ended(x);
    }

    public void Notified(SimProcess process, EnvironmentChangedParams changed)
    {
        Trace?.Add($"{Stamp()} server {process.Slot}: news of {changed.EnvironmentId}: {changed.Environment?.State} {changed.Problem?.Status}");
        process.News[new Key(changed.AccountId, changed.EnvironmentId)] = changed;
        foreach (var invariant in _invariants)
            invariant.Notified(process, changed);
    }

    public void Progressed(SimProcess process, int token, WorkDoneProgress value)
    {
        Trace?.Add($"{Stamp()} server {process.Slot}: progress of call {token}: {value.Kind} {value.Message}");
        foreach (var invariant in _invariants)
            invariant.Progressed(token, value);
    }

    /// <summary>Everything has settled: checks what must be true then.</summary>
    public void CheckAtRest()
    {
        foreach (var invariant in _invariants)
            invariant.AtRest();
    }

    /// <summary>Everyone has stopped: checks what must be true then.</summary>
    public void CheckAtEnd()
    {
        foreach (var invariant in _invariants)
            invariant.AtEnd();
    }

    /// <summary>The time in a line of a trace.</summary>
    public string Stamp() => string.Create(CultureInfo.InvariantCulture, $"{Time.Now / (double)TimeSpan.TicksPerSecond,10:0.000}");

    private void Other(string environmentId, string verb, string body)
    {
        var key = new Key(SandboxData.MainAccountId, environmentId);
        var target = new Target(verb == "connect" ? GatewayMethod.Connect : GatewayMethod.Disconnect, key.AccountId, key.EnvironmentId);
        var request = new SandboxRequest(
            "POST", $"/v1/accounts/{key.AccountId}/environments/{environmentId}:{verb}", $"Bearer {SandboxKeys.Main}", body);
        var (_, effect) = Gateway.Handle(request, target, call: null, isOthers: true);
        Trace?.Add($"{Stamp()} somebody else: {verb} {environmentId}: {(effect is null ? "refused" : "accepted")}");
        Statistics.Count("someone else", $"{verb} {(effect is null ? "refused" : "accepted")}");
    }
}
