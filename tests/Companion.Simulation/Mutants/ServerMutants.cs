using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Storage;
using Companion.Simulation.World;

namespace Companion.Simulation.Mutants;

/// <summary>A server with broken connects and disconnects. Everything else is passed through.</summary>
internal abstract class ServerDecorator(ISimServer inner) : ISimServer
{
    public virtual Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) =>
        inner.ConnectAsync(request, cancellationToken);

    public virtual Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken) =>
        inner.DisconnectAsync(request, cancellationToken);

    public Task<EnvironmentInfo> SetLeaseAsync(SetLeaseParams request, CancellationToken cancellationToken) =>
        inner.SetLeaseAsync(request, cancellationToken);

    public virtual Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken) =>
        inner.GetEnvironmentAsync(request, cancellationToken);

    public Task<ListEnvironmentsResult> ListEnvironmentsAsync(ListEnvironmentsParams request, CancellationToken cancellationToken) =>
        inner.ListEnvironmentsAsync(request, cancellationToken);

    public Task<ListNodePoolsResult> ListNodePoolsAsync(ListNodePoolsParams request, CancellationToken cancellationToken) =>
        inner.ListNodePoolsAsync(request, cancellationToken);

    public Task<Empty> WatchEnvironmentsAsync(WatchEnvironmentsParams request, CancellationToken cancellationToken) =>
        inner.WatchEnvironmentsAsync(request, cancellationToken);

    public Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken) =>
        inner.SignInAsync(request, cancellationToken);

    public void SignOut() => inner.SignOut();
}

/// <summary>Reports an unknown outcome as not applied.</summary>
internal sealed class SaysNotApplied(ISimServer inner) : ServerDecorator(inner)
{
    public override Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) =>
        LieAsync(base.ConnectAsync(request, cancellationToken));

    public override Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken) =>
        LieAsync(base.DisconnectAsync(request, cancellationToken));

    private static async Task<EnvironmentInfo> LieAsync(Task<EnvironmentInfo> answer)
    {
        try
        {
            return await answer.ConfigureAwait(false);
        }
        catch (MethodException e) when (e.ErrorData is { Outcome: Outcomes.Unknown } data)
        {
            throw new MethodException(e.Code, e.Message, data with { Outcome = Outcomes.NotApplied });
        }
    }
}

/// <summary>Ignores cancellation.</summary>
internal sealed class ForgetsToCancel(ISimServer inner) : ServerDecorator(inner)
{
    public override Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) =>
        base.ConnectAsync(request, CancellationToken.None);

    public override Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken) =>
        base.DisconnectAsync(request, CancellationToken.None);
}

/// <summary>Waits longer than allowed.</summary>
internal sealed class ForgetsTheTimeout(ISimServer inner) : ServerDecorator(inner)
{
    private const int TwoHours = 7_200;

    public override Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) =>
        base.ConnectAsync(request with { TimeoutSeconds = TwoHours }, cancellationToken);
}

/// <summary>Responds when a change is accepted, whatever the caller requested.</summary>
internal sealed class TakesAcceptedForDone(ISimServer inner) : ServerDecorator(inner)
{
    public override Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) =>
        base.ConnectAsync(request with { Wait = Wait.Accepted }, cancellationToken);
}

/// <summary>After a restart, continues what the previous server had started.</summary>
internal sealed class GoesOnByItself(ISimServer inner, SimProcess process) : ServerDecorator(inner)
{
    public override async Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken)
    {
        var environment = await base.GetEnvironmentAsync(request, cancellationToken).ConfigureAwait(false);
        if (process.Unsettled.Any(key => key.EnvironmentId == request.EnvironmentId) && environment.Connection is { } connection)
        {
            _ = ConnectAsync(
                new ConnectParams
                {
                    EnvironmentId = request.EnvironmentId,
                    Connection = new ConnectionParams { NodePoolId = connection.NodePoolId },
                },
                CancellationToken.None);
        }

        return environment;
    }
}

/// <summary>A folder in which nothing is found again, or nothing is locked.</summary>
internal sealed class BrokenStore(IDurableStore inner, bool finds, bool locks) : IDurableStore
{
    public string? Read(string name) => finds ? inner.Read(name) : null;

    public string? Change(string name, Func<string?, string?> change) => inner.Change(name, change);

    public LockAttempt TryLock(string name) => locks ? inner.TryLock(name) : new NoStore().TryLock(name);

    public IReadOnlyList<string> FindRecords() => finds ? inner.FindRecords() : [];

    public IReadOnlyList<string> TakeOver(string pattern) => inner.TakeOver(pattern);

    public void SendSignal(string text) => inner.SendSignal(text);

    public IDisposable Listen(Action<string> onSignal) => inner.Listen(onSignal);
}
