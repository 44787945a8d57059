using System.Text.Json;
using Companion.Protocol;
using Companion.Sandbox;
using Companion.Server.Errors;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>A client on the machine. It has one server at a time and restarts it when it dies.</summary>
/// <param name="slot">The index of the client, from 0.</param>
internal sealed class Client(SimWorld world, int slot)
{
    private WatchAction? _wish;

    /// <summary>Its server, or null if there is none.</summary>
    public SimProcess? Process { get; private set; }

    /// <summary>What its server last confirmed that it watches, unless something has ended that.</summary>
    public IReadOnlyList<Key> Watched { get; private set; } = [];

    /// <summary>Starts a server, and watches what was watched before.</summary>
    public void Start()
    {
        Process = new SimProcess(world, slot, ++world.Processes);
        world.Started(Process);
        foreach (var unsettled in Process.Unsettled)
            Call(new GetAction(0, slot, unsettled.EnvironmentId));
        if (_wish is { } wish)
            Call(wish with { CancelAfterMs = null });
    }

    /// <summary>Runs an action.</summary>
    public void Do(ClientAction action)
    {
        if (Process is not { } process)
            return;
        switch (action)
        {
            case KillAction kill:
                process.Kill();
                (Process, Watched) = (null, []);
                world.Killed(process);
                world.Time.AfterOnMachine(SimTime.Ms(kill.RestartAfterMs), Start);
                break;
            case SignOutAction:
                (_wish, Watched) = (null, []);
                process.SignedOutAt = world.Time.Now;
                process.Server.SignOut();
                break;
            default:
                Call(action);
                break;
        }
    }

    /// <summary>Stops watching.</summary>
    public void StopWatching() => Do(new WatchAction(0, slot, []));

    private void Call(ClientAction action)
    {
        if (action is WatchAction watch)
            (_wish, Watched) = (watch, []);
        var call = new SimCall(++world.Calls, action, Process!)
        {
            StartedAt = world.Time.Now,
            StartedMonotonic = world.Machine.Monotonic,
        };
        if (action is CallAction { CancelAfterMs: { } ms })
            world.Time.AfterOnMachine(SimTime.Ms(ms), () => world.Cancel(call));
        world.Called(call);
        _ = RunAsync(call);
    }

    private async Task RunAsync(SimCall call)
    {
        try
        {
            var (environment, list) = await call.RunAsync(() => InvokeAsync(call)).ConfigureAwait(false);
            call.Succeed(world.Time.Now, environment, list);
        }
        catch (MethodException e)
        {
            call.Fail(world.Time.Now, e.Code, e.ErrorData);
        }
        catch (OperationCanceledException) when (call.CancelledAt is not null)
        {
            call.Fail(world.Time.Now, MethodException.RequestCancelled, data: null); // as the JSON-RPC endpoint reports it
        }
        catch (Exception e)
        {
            call.Break(world.Time.Now, e);
        }

        world.Time.CheckThread();
        Settle(call);
        world.Answered(call);
    }

    private void Settle(SimCall call)
    {
        if (call is { Action: SignInAction { Key: not SignInKey.Main }, Succeeded: true })
            (call.Process.ChangedKey, Watched) = (true, []);
        if (call.Action is WatchAction watch && call.Succeeded && ReferenceEquals(watch, _wish)
            && call.Process == Process && !Process.ChangedKey)
        {
            Watched = [.. watch.EnvironmentIds.Select(static id => new Key(SandboxData.MainAccountId, id))];
        }
    }

    private async Task<(EnvironmentInfo? Environment, IReadOnlyList<EnvironmentInfo>? List)> InvokeAsync(SimCall call)
    {
        var server = call.Process.Server;
        var cancellation = call.Cancellation.Token;
        switch (call.Action)
        {
            case ConnectAction a:
                return (await server.ConnectAsync(
                    new ConnectParams
                    {
                        EnvironmentId = a.EnvironmentId,
                        Connection = new ConnectionParams { NodePoolId = a.NodePoolId, NumRanks = a.Ranks },
                        VscodeVersion = call.VscodeVersion,
                        Wait = a.Wait,
                        TimeoutSeconds = a.TimeoutSeconds,
                        WorkDoneToken = Token(call),
                        Lease = Params(a.Lease),
                        WaitForCapacity = a.WaitForRoom is { } wait ? new WaitForCapacityParams
                        {
                            Until = wait.IsTime ? world.Machine.Wall.AddSeconds(wait.Seconds) : null,
                            DurationSeconds = wait.IsTime ? null : wait.Seconds,
                        } : null,
                    },
                    cancellation).ConfigureAwait(false), null);
            case SetLeaseAction a:
                return (await server.SetLeaseAsync(
                    new SetLeaseParams { EnvironmentId = a.EnvironmentId, Lease = Params(a.Lease) }, cancellation).ConfigureAwait(false), null);
            case DisconnectAction a:
                return (await server.DisconnectAsync(
                    new DisconnectParams
                    {
                        EnvironmentId = a.EnvironmentId,
                        Force = a.Force,
                        ResetSnapshots = a.ResetSnapshots,
                        Wait = a.Wait,
                        TimeoutSeconds = a.TimeoutSeconds,
                        WorkDoneToken = Token(call),
                    },
                    cancellation).ConfigureAwait(false), null);
            case GetAction a:
                return (await server.GetEnvironmentAsync(
                    new GetEnvironmentParams { EnvironmentId = a.EnvironmentId }, cancellation).ConfigureAwait(false), null);
            case ListAction:
                var list = await server.ListEnvironmentsAsync(new ListEnvironmentsParams(), cancellation).ConfigureAwait(false);
                return (null, list.Environments);
            case ListNodePoolsAction:
                await server.ListNodePoolsAsync(new ListNodePoolsParams(), cancellation).ConfigureAwait(false);
                return default;
            case WatchAction a:
                await server.WatchEnvironmentsAsync(
                    new WatchEnvironmentsParams
                    {
                        Environments = [.. a.EnvironmentIds.Select(static id => new WatchedEnvironment { EnvironmentId = id })],
                    },
                    cancellation).ConfigureAwait(false);
                return default;
            case SignInAction a:
                await server.SignInAsync(new SignInParams { ApiKey = ApiKey(a.Key) }, cancellation).ConfigureAwait(false);
                return default;
            default:
                throw new InvalidOperationException(call.ToString());
        }
    }

    private LeaseParams? Params(RequestedEnd? end) => end is null ? null
        : end.IsTime ? new LeaseParams { Until = world.Machine.Wall.AddSeconds(end.Seconds) }
        : new LeaseParams { DurationSeconds = end.Seconds };

    private static JsonElement Token(SimCall call) => JsonSerializer.SerializeToElement(call.Number, Json.Default.Int32);

    private static string ApiKey(SignInKey key) => key switch
    {
        SignInKey.Main => SandboxKeys.Main,
        SignInKey.Second => SandboxKeys.Second,
        _ => "fw_test_0000000000000000",
    };
}

/// <summary>The format of a progress token.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(int))]
internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
