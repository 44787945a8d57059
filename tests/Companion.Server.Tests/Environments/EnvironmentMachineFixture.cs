using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using static Companion.Server.Tests.Support.Samples;

namespace Companion.Server.Tests.Environments;

/// <summary>A state machine with simulated events. A response arrives a little after its request, so that the two times differ.</summary>
public abstract class EnvironmentMachineFixture
{
    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(0.2);

    /// <summary>The monotonic time.</summary>
    private protected TimeSpan At { get; set; }

    /// <summary>The last step.</summary>
    private protected EnvironmentStep Step { get; set; }

    private protected void Begin(Change change, TimeSpan? timeout = null)
    {
        At = TimeSpan.FromSeconds(7);
        Step = EnvironmentMachine.Next(
            new EnvironmentState(), new EnvironmentEvent.ChangeRequested(At, change, timeout ?? TimeSpan.FromMinutes(30), Expected: null));
    }

    private protected void Sent(Change change, string state = "DISCONNECTED", string? pool = null, TimeSpan? timeout = null)
    {
        Begin(change, timeout);
        Happens(Seen(state, 0, pool));
        Does<EnvironmentAction.Send>();
    }

    private protected void Waiting(Change change, string state = "DISCONNECTED", string? pool = null)
    {
        Sent(change, state, pool);
        At += Latency;
        Happens(new EnvironmentEvent.Accepted(At));
    }

    private protected void Leaves(bool cancelled)
    {
        var change = Step.State.Change!.Asked;
        Happens(cancelled ? new EnvironmentEvent.Cancelled(At, change) : new EnvironmentEvent.TimedOut(At, change));
    }

    private protected EnvironmentEvent.Observed Seen(string state, int changed = 0, string? pool = null, StatusInfo? status = null) =>
        Seen(Environment(state, changed, pool, status: status));

    private protected EnvironmentEvent.Observed Seen(EnvironmentInfo environment)
    {
        var asked = At;
        At += Latency;
        return new EnvironmentEvent.Observed(At, environment, asked);
    }

    /// <summary>Continues until the machine has a result. Each read returns this environment.</summary>
    private protected void SeenUntilAnswered(EnvironmentInfo environment)
    {
        while (Step.Answer is null)
        {
            At += Does<EnvironmentAction.Ask>().After;
            Happens(Seen(environment));
        }
    }

    private protected EnvironmentEvent.NotObserved NotSeen(GatewayException fault) => new(At, fault);

    private protected void Happens(EnvironmentEvent happened) => Step = EnvironmentMachine.Next(Step.State, happened);

    private protected T Does<T>()
        where T : EnvironmentAction => Assert.IsInstanceOfType<T>(Step.Action);

    private protected T Answers<T>()
        where T : ChangeAnswer => Assert.IsInstanceOfType<T>(Step.Answer);
}
