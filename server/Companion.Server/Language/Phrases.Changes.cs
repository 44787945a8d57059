using System.Globalization;

namespace Companion.Server.Language;

// Changes. A verb is connect or disconnect.
internal partial class Phrases
{
    public virtual string Connecting(string environment, string pool) => $"Connecting {environment} to {pool}";

    public virtual string Disconnecting(string environment) => $"Disconnecting {environment}";

    public virtual string Checking => "Checking the environment's state";

    public virtual string Requested => "Request sent";

    public virtual string RequestedAgain => "Request sent again because the gateway hadn't started";

    public virtual string Retrying => "The gateway is busy. Trying again";

    public virtual string Settling => "The response was lost. Checking what happened";

    public virtual string Accepted => "Accepted";

    public virtual string AcceptedAnd(string state) => $"Accepted. Current state: {State(state)}";

    public virtual string RefreshingAfterRefusal => "Rejected. Checking the environment's state";

    public virtual string Unconfirmed => "The gateway isn't responding. Checking again";

    public virtual string Busy(string verb, string environment) =>
        $"{environment} is currently being {verb}ed. Wait until that's finished. Nothing was sent.";

    public virtual string BusyElsewhere(string environment) =>
        $"Another window on this machine is changing {environment}. Wait until it's finished. Nothing was sent.";

    public virtual string Unprotected(string environment, string reason) =>
        $"Couldn't make sure that no other window changes {environment} at the same time: {reason.TrimEnd('.')}. Nothing was sent.";

    public virtual string LeaseNotStored(string environment, string reason) =>
        $"Couldn't store when the connection of {environment} ends: {reason.TrimEnd('.')}. Nothing was sent.";

    public virtual string NotKeptBySystem(string environment, string reason) =>
        $"The end of {environment} can't be kept while VS Code is closed: {reason.TrimEnd('.')}. Nothing was changed.";

    public virtual string KeptOnlyByVSCode(string environment, string reason) =>
        $"The end of {environment} was set, but it's only kept while VS Code is running: {reason.TrimEnd('.')}.";

    public virtual string NotInSandbox => "the sandbox ends with its server";

    public virtual string ProxyPasswordNotStored => "the proxy needs a password, which Companion doesn't store";

    public virtual string KeyNotOutsideVSCode =>
        "the API key must be in auth.ini or in the environment of the user's services, because VS Code's secret storage is closed then";

    public virtual string StorageLocked => "the storage folder can't be locked";

    public virtual string LeaseGone => "another window has changed it";

    public virtual string NoStorageFolder => "No storage folder is set.";

    public virtual string HistoryNotDeleted(string reason) => $"The history of connections wasn't deleted completely. Reason: {reason}";

    public virtual string NothingToEnd(string environment) => $"{environment} isn't connected, so there's no connection to end. Connect it first.";

    public virtual string WaitingForRoom(int? free, int ranks, int? ceiling) => (free, ceiling) switch
    {
        (null, _) => "Waiting for room. The gateway doesn't report how many ranks are free",
        _ when ceiling > free => string.Create(
            CultureInfo.InvariantCulture,
            $"Waiting for room: {free} of {ranks} ranks are free, up to {ceiling} with autoscaling. New nodes take minutes"),
        _ => string.Create(CultureInfo.InvariantCulture, $"Waiting for room: {free} of {ranks} ranks are free"),
    };

    public virtual string NoRoomInTime(string pool) => $"{pool} had no room in time.";

    public virtual string WaitReplaced(string environment) => $"Stopped waiting for room because another change of {environment} was requested.";

    public virtual string ChangedMeanwhile(string environment) => $"{environment} has changed in the meantime.";

    public virtual string SignedInAgain => "Stopped waiting because you signed in again.";

    public virtual string StoppedWaiting => "Stopped waiting.";

    public virtual string SignedOut => "Signed out.";

    public virtual string TimedOut => "Timed out.";

    public virtual string NothingWasSent => "Nothing was sent.";

    public virtual string RequestRejected => "The gateway rejected the request.";

    public virtual string NotSent(string verb, string environment, string why) => $"Couldn't {verb} {environment}. {NothingWasSent} {why}";

    public virtual string MayStillHappen(string verb, string environment) => $"The request was already sent, so {environment} may still {verb}.";

    public virtual string MayStillHappenFrom(string verb, string environment, string state) =>
        $"The request was already sent, so {environment} may still {verb}. Last reported state: {State(state)}.";

    public virtual string NotConfirmed(string verb, string environment, string gateway) =>
        $"Couldn't confirm whether {environment} {verb}ed because {gateway} stopped responding. Refresh before you try again.";

    public virtual string NotConfirmedBecause(string verb, string environment, string why) =>
        $"Couldn't confirm whether {environment} {verb}ed. {why} Refresh before you try again.";

    public virtual string AcceptedWithoutEffect(string verb, string environment, string state) =>
        $"The gateway accepted the request, but the state of {environment} is still {State(state)}. It may still {verb}. Refresh before you try again.";

    public virtual string OnOtherPool(string environment, string pool, string requested) =>
        $"{environment} is connected to {pool} instead of {requested}. Couldn't confirm whether your request took effect. Refresh before you try again.";

    public virtual string NotAsRequested(string environment) =>
        $"{environment} is connected, but not exactly as requested. Couldn't confirm whether your request took effect. Refresh before you try again.";

    public virtual string Unclear(string verb, string environment, string state) =>
        $"Couldn't confirm whether {environment} {verb}ed. Current state: {State(state)}. Refresh before you try again.";

    public virtual string NotSentAgain => "The request wasn't sent again.";

    public virtual string WasNotConnected(string environment) => $"{environment} wasn't connected.";

    public virtual string WasNotDisconnected(string environment) => $"{environment} wasn't disconnected.";

    public virtual string StillConnected(string environment) => $"{environment} is still connected, and you're still charged for it.";

    public virtual string SaidByGateway(string what, string why) => $"{what} Message from the gateway: {why}.";

    public virtual string NoCapacity(string pool) =>
        $"{pool} doesn't have enough free capacity now. Choose another node pool or fewer ranks, or wait for room.";

    public virtual string MaybeTemporary =>
        "This might be temporary. It isn't connected to a node pool now. Try again, or choose another node pool.";

    public virtual string RetryingDoesNotHelp => "Retrying won't help. Choose another node pool or role.";

    public virtual string OnNoNodePool => "It isn't connected to a node pool now. Try again, or choose another node pool.";

    public virtual string SnapshotFailed =>
        "Try again first. If that fails, rebuild the snapshots, which takes longer. If you force the disconnect, you lose anything that isn't in a snapshot.";

    public virtual string ConnectedAsBefore => "It's connected as before.";

    public virtual string AlreadyConnecting(string environment) => $"{environment} is already connecting. Wait until it's connected.";

    public virtual string NotConnected(string environment) => $"{environment} isn't connected to a node pool, so there's nothing to disconnect.";

    public virtual string ChangeRejectedInState(string verb, string environment, string state, string detail) =>
        $"The gateway rejected the request to {verb} {environment}{detail}. Current state: {State(state)}.";

    public virtual string ChangeRejected(string verb, string environment, string detail) =>
        $"The gateway rejected the request to {verb} {environment}{detail}. Fix the problem, then try again.";

    public virtual string NotApplied(string verb, string environment, string state, string why) =>
        $"Couldn't {verb} {environment} ({why}). Current state: {State(state)}. Try again.";
}
