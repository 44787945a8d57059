using Companion.Sandbox;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>The network between one process and the gateway.</summary>
internal sealed class SimNetwork(SimWorld world, SimProcess process) : HttpMessageHandler
{
    private static readonly long ConnectTimeout = SimTime.Ms(15_000);
    private int _sent;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        world.Time.CheckThread();
        cancellationToken.ThrowIfCancellationRequested();
        var path = request.RequestUri!.PathAndQuery;
        var exchange = Begin(Target.Parse(path));
        exchange.GiveUpOn(cancellationToken);
        var (up, down) = Latency();
        if (NetworkFailures.BeforeSending(exchange.Fault.Type) is { } failure)
        {
            Back(exchange, exchange.Fault.Type == FaultType.ConnectTimeout ? ConnectTimeout : up, () => exchange.Break(failure));
        }
        else
        {
            var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var key = request.Headers.NonValidated.TryGetValues("Authorization", out var values) ? values.ToString() : null;
            exchange.Body = body;
            world.Carried(exchange);
            Carry(exchange, new SandboxRequest(request.Method.Method, path, key, body), up, down);
        }

        return await exchange.Answer.ConfigureAwait(false);
    }

    private Exchange Begin(Target target)
    {
        var isByLease = target.Call == GatewayMethod.Disconnect && process.IsEnding(target.Key);
        var call = isByLease ? null : CallOf(target);
        var exchange = new Exchange
        {
            Number = ++world.Exchanges,
            Process = process,
            Call = call,
            IsByLease = isByLease,
            Target = target,
            Fault = isByLease && world.Ends++ is var end && end < world.Schedule.EndFaults.Count ? world.Schedule.EndFaults[end] : FaultFor(target, call),
            SentAt = world.Time.Now,
            SentMonotonic = world.Machine.Monotonic,
            SentWall = world.Machine.Wall,
            Ended = world.Ended,
        };
        world.Sent(exchange);
        return exchange;
    }

    // The call that the code belongs to; if it belongs to none, the one that waits for such a change.
    private SimCall? CallOf(Target target)
    {
        var current = SimCall.Current;
        return !target.IsChange || IsFor(current, target) ? current : world.Pending.Find(call => call.Process == process && IsFor(call, target));
    }

    private static bool IsFor(SimCall? call, Target target) =>
        call?.Action is ChangeAction action && action.EnvironmentId == target.EnvironmentId
        && action is ConnectAction == (target.Call == GatewayMethod.Connect);

    private Fault FaultFor(Target target, SimCall? call)
    {
        if (target.IsChange && call is { Action: ChangeAction change } && call.Sent.Count < change.Faults.Count)
            return change.Faults[call.Sent.Count];
        foreach (var weather in world.Schedule.Weather)
        {
            if (world.Time.Now >= SimTime.Ms(weather.FromMs) && world.Time.Now < SimTime.Ms(weather.ToMs)
                && (weather.Traffic == Traffic.All || !target.IsChange))
            {
                return weather.Fault;
            }
        }

        return Fault.None;
    }

    private void Carry(Exchange x, SandboxRequest request, long up, long down)
    {
        var fault = x.Fault;
        switch (fault.Type)
        {
            case FaultType.Swallowed:
                break;
            case FaultType.ResetBeforeEffect:
                Back(x, up, () => x.Break(NetworkFailures.Reset()));
                break;
            case FaultType.NeverAnswered:
                ArriveAfter(up, x, request);
                break;
            case FaultType.DeliveredLate:
                ArriveAfter(SimTime.Ms(fault.DelayMs), x, request);
                break;
            case FaultType.ResetAndDeliveredLate:
                Back(x, up + down, () => x.Break(NetworkFailures.Reset()));
                ArriveAfter(SimTime.Ms(fault.DelayMs), x, request);
                break;
            case FaultType.StatusAndDeliveredLate:
                Back(x, up + down, () => ComeError(x));
                ArriveAfter(SimTime.Ms(fault.DelayMs), x, request);
                break;
            case FaultType.Status:
                Back(x, up + down, () => ComeError(x));
                break;
            case FaultType.OwnNotFound:
                Back(x, up + down, () => x.Come(Answers.NotFound, isTrue: false));
                break;
            case FaultType.CaptivePortal:
                Back(x, up + down, () => x.Come(Answers.CaptivePortal, isTrue: false));
                break;
            case FaultType.Redirect:
                Back(x, up + down, () => x.Come(Answers.Redirect, isTrue: false));
                break;
            default:
                var slow = fault.Type == FaultType.SlowAnswer ? SimTime.Ms(fault.DelayMs) : 0;
                world.Time.After(up, () =>
                {
                    var answer = Arrive(x, request);
                    Back(x, down + slow, () => Return(x, answer));
                });
                break;
        }
    }

    private void ArriveAfter(long ticks, Exchange x, SandboxRequest request)
    {
        world.OnTheirWay++;
        world.Time.After(ticks, () =>
        {
            world.OnTheirWay--;
            Arrive(x, request);
        });
    }

    private SandboxResponse Arrive(Exchange x, SandboxRequest request)
    {
        var (answer, effect) = world.Gateway.Handle(request, x.Target, x.Call);
        x.ArrivedAt = world.Time.Now;
        x.Effect = effect;
        x.Described = (x.Target.Call, answer.Status) switch
        {
            (GatewayMethod.GetEnvironment, 200 or 404) => [(x.Target.Key, world.Gateway.Look(x.Target.Key).Now)],
            (GatewayMethod.ListEnvironments, 200) => [.. world.Gateway.KeysOf(x.Target.AccountId).Select(key => (key, world.Gateway.Look(key).Now))],
            _ => [],
        };
        if (x.Target.Call == GatewayMethod.GetEnvironment && answer.Status is 200 or 404 && Retold(x, answer) is { } body)
        {
            answer = answer with { Status = 200, Body = body };
            x.Described = [(x.Target.Key, Snapshot.Parse(body))];
        }

        world.Arrived(x);
        return answer;
    }

    // How an outdated replica, or a different kind of gateway, describes the resource; null if its description is the same.
    private string? Retold(Exchange x, SandboxResponse answer) => x.Fault.Type switch
    {
        FaultType.OldReplica => world.Gateway.Look(x.Target.Key).At(world.Time.Date - TimeSpan.FromMilliseconds(x.Fault.DelayMs)),
        var echo when Echoes.IsEcho(echo) && answer.Status == 200 => Echoes.Of(answer.Body, echo),
        _ => null,
    };

    private void Return(Exchange x, SandboxResponse answer)
    {
        switch (x.Fault.Type)
        {
            case FaultType.ResetAfterEffect:
                x.Break(x.Number % 2 == 0 ? NetworkFailures.Closed() : NetworkFailures.Reset());
                break;
            case FaultType.BrokenHttp:
                x.Break(NetworkFailures.NotHttp());
                break;
            case FaultType.StatusAfterEffect:
                ComeError(x);
                break;
            case FaultType.EmptyBody or FaultType.CutBody or FaultType.HugeBody or FaultType.EndlessBody or FaultType.StalledBody:
                x.Come(() => Answers.WithBody(answer, x.Fault.Type), isTrue: false);
                break;
            case FaultType.OtherResource when answer.Status == 200 && x.Target.Call == GatewayMethod.GetEnvironment:
                x.Come(() => Answers.Success(world.Gateway.Other(x.Target.Key, x.Number)), isTrue: false);
                break;
            case FaultType.NoResource when answer.Status == 200:
                x.Come(() => Answers.NoResource(x.Number), isTrue: false);
                break;
            default:
                if (answer.Headers.ContainsKey("Retry-After"))
                    x.RetryAfter = SimGateway.LimitWait;
                x.Come(() => Answers.True(answer), isTrue: true);
                break;
        }
    }

    private void ComeError(Exchange x)
    {
        x.RetryAfter = Answers.Wait(x.Fault, world.Machine.Wall, world.Time.Date);
        x.Come(() => Answers.Error(x.Fault, world.Time.Date), isTrue: false);
    }

    // What a machine finds on wakeup: the response, or a dead connection.
    private void Back(Exchange x, long ticks, Action come)
    {
        var sleeps = world.Machine.Sleeps;
        world.Time.AfterOnMachine(ticks, () =>
        {
            if (sleeps != world.Machine.Sleeps && world.Machine.ConnectionsDied)
                x.Break(NetworkFailures.Reset());
            else
                come();
        });
    }

    private (long Up, long Down) Latency()
    {
        if (world.Schedule.Latency == 0)
            return (SimTime.Ms(20), SimTime.Ms(20));
        var random = new SimRandom(SimRandom.Hash(world.Schedule.Latency, (ulong)process.Slot, (ulong)++_sent));
        return (One(random), One(random));
    }

    private static long One(SimRandom random) => SimTime.Ms(random.PickWeighted<Func<int>>(
    [
        (75, () => random.Between(3, 150)), (18, () => random.Between(150, 1_500)), (6, () => random.Between(1_500, 8_000)),
        (1, () => random.Between(8_000, 16_000)),
    ])());
}
