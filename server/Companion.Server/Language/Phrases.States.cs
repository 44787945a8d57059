using Companion.Protocol;

namespace Companion.Server.Language;

// States, in the extension's words.
internal partial class Phrases
{
    /// <summary>The word for an environment's state. A state that this version doesn't know keeps the gateway's name.</summary>
    public virtual string State(string state) => state switch
    {
        EnvironmentStates.Unspecified => "State Unknown",
        EnvironmentStates.Creating => "Creating",
        EnvironmentStates.Disconnected => "Disconnected",
        EnvironmentStates.Connecting => "Connecting",
        EnvironmentStates.Connected => "Connected",
        EnvironmentStates.Disconnecting => "Disconnecting",
        EnvironmentStates.Reconnecting => "Reconnecting",
        EnvironmentStates.Deleting => "Deleting",
        _ => state,
    };

    /// <summary>The word for the state of a node pool that can't be used. A state that this version doesn't know keeps the gateway's name.</summary>
    public virtual string NodePoolState(string state) => state switch
    {
        "STATE_UNSPECIFIED" => "state unknown",
        "CREATING" => "being created",
        "DELETING" => "being deleted",
        "FAILED" => "failed",
        _ => state,
    };
}
