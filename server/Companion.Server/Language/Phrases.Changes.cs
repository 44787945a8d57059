namespace Companion.Server.Language;

// Of changes. A verb is connect or disconnect.
internal partial class Phrases
{
    public virtual string Connecting(string environment, string pool) => $"Connecting {environment} to {pool}";

    public virtual string Disconnecting(string environment) => $"Disconnecting {environment}";

    public virtual string Looking => "asking the gateway how it stands";

    public virtual string Requested => "requested";

    public virtual string RequestedAgain => "requested again, as the gateway had not begun";

    public virtual string Retrying => "the gateway is busy; trying again";

    public virtual string Settling => "the answer was lost; asking the gateway what became of it";

    public virtual string Accepted => "accepted";

    public virtual string AcceptedAnd(string state) => $"accepted; the gateway says {state}";

    public virtual string Explaining => "refused; asking the gateway how it stands";

    public virtual string Unconfirmed => "the gateway does not answer; asking again";

    public virtual string Busy(string verb, string environment) =>
        $"A {verb} of {environment} is under way: wait until it is over. Nothing was sent.";

    public virtual string BusyElsewhere(string environment) =>
        $"Another window on this machine is changing {environment}: wait until it is done. Nothing was sent.";

    public virtual string Unprotected(string environment, string reason) =>
        $"Companion cannot make sure that no other window changes {environment} at the same time: {reason.TrimEnd('.')}. Nothing was sent.";

    public virtual string StoppedWaiting => "Stopped waiting.";

    public virtual string SignedOut => "Signed out.";

    public virtual string TimeIsUp => "The time is up.";

    public virtual string NothingWasSent => "Nothing was sent.";

    public virtual string GoesOn(string verb, string environment) =>
        $"What was sent is not taken back: the gateway may still {verb} {environment}.";

    public virtual string GoesOnFrom(string verb, string environment, string state) =>
        $"What was sent is not taken back: the gateway may still {verb} {environment}, which it last called {state}.";

    public virtual string Unknown(string verb, string environment, string gateway) =>
        $"Nobody can tell whether the {verb} of {environment} took place, as {gateway} stopped answering: refresh before you try again.";

    public virtual string UnknownAs(string verb, string environment, string why) =>
        $"It is not known whether the {verb} of {environment} took place. {why} Refresh before you try again.";

    public virtual string NotMoved(string verb, string environment, string state) =>
        $"The gateway accepted the {verb}, but {environment} is still {state}. It may still {verb}: refresh before you try again.";

    public virtual string OnOtherPool(string environment, string pool, string requested) =>
        $"{environment} is connected to {pool}, but {requested} was requested. It is unknown whether the connect took effect: refresh before you try again.";

    public virtual string NotAsRequested(string environment) =>
        $"{environment} is connected, but not exactly as requested. It is unknown whether the connect took effect: refresh before you try again.";

    public virtual string Unclear(string verb, string environment, string state) =>
        $"It is unknown whether the {verb} of {environment} took effect: it is {state}. Refresh before you try again.";

    public virtual string NotSettled(string verb, string environment) => $"{environment} did not {verb}.";

    public virtual string NotSettledAs(string verb, string environment, string why) => $"{environment} did not {verb}: {why}.";

    public virtual string NoCapacity => "Choose another node pool or fewer ranks, or try again later.";

    public virtual string OnNoNodePool => "It is on no node pool now; see the log, and try again or choose another node pool.";

    public virtual string StillConnected => "It is still connected and still paid for; try again, or rebuild its snapshots.";

    public virtual string ConnectedOtherwise => "It is connected as before.";

    public virtual string ConnectingAlready(string environment) => $"{environment} is being connected already: wait until it is connected.";

    public virtual string NotConnected(string environment) =>
        $"{environment} is not connected to a node pool: there is nothing to disconnect.";

    public virtual string ChangeRefused(string verb, string environment, string state, string said) =>
        $"The gateway refused the {verb}, as {environment} is {state}{said}.";

    public virtual string ChangeRefusedIn(string verb, string environment, string said) =>
        $"The gateway refused the {verb} of {environment}{said}: correct that, and try again.";

    public virtual string NotTakenPlace(string verb, string environment, string state, string why) =>
        $"The {verb} of {environment} did not take place ({why}): it is {state}. Try again.";
}
